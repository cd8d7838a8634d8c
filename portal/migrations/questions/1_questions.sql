-- What a company's people ask whoever looks after it, about an introduction or not, and the answer. Both are free text: the gate alone reads them.
create table personal.question (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    introduction_id uuid references personal.introduction,
    body text not null check (length(body) between 1 and 2000),
    asked_by uuid not null references portal.account,
    asked_holder integer not null,
    asked_at timestamptz not null default now(),
    answer text check (length(answer) between 1 and 2000),
    answered_by uuid references portal.account,
    answered_at timestamptz,
    seen_at timestamptz,
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
    check (seen_at is null or answered_at is not null)
);
create index on personal.question (company_id, asked_at desc);
create index question_waiting on personal.question (company_id, asked_at) where answered_at is null;
create index on personal.question (introduction_id);
create index on personal.question (asked_by, answered_at);
create index on personal.question (answered_by);
alter table personal.question enable row level security, force row level security;
create policy owner_all on personal.question to portal_owner using (true) with check (true);
insert into portal.mail_kind (code) values ('question_asked'), ('question_answered');
-- What the home pages of account managers and compliance count.
create index consent_ends on personal.consent (company_id, expires_at) include (candidate_id) where withdrawn_at is null;
create index deletion_open on personal.deletion_duty (company_id, due_at) where attested_at is null;
create index alert_undecided on portal.alert (raised_at) where decision is null;
