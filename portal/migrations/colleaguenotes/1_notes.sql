-- What a company's people write to each other about a candidate: the person's data, read through the gate alone, and gone with the introduction.
create table personal.note (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null references personal.introduction on delete cascade,
    body text not null check (length(body) between 1 and 2000),
    written_by uuid not null references portal.account,
    written_at timestamptz not null default clock_timestamp()
);
create index on personal.note (introduction_id, written_at);
alter table personal.note enable row level security, force row level security;
create policy owner_all on personal.note to portal_owner using (true) with check (true);

create table personal.note_mention (
    note_id uuid not null references personal.note on delete cascade,
    account_id uuid not null references portal.account,
    primary key (note_id, account_id)
);
create index on personal.note_mention (account_id);
alter table personal.note_mention enable row level security, force row level security;
create policy owner_all on personal.note_mention to portal_owner using (true) with check (true);

insert into portal.mail_kind (code) values ('note_mention');
