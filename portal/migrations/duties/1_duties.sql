-- A file about a person that left the portal to a company, once for each time. Without foreign keys, whose checks would wait for
-- whoever holds the introduction.
create table personal.download (
    entry_id uuid primary key,
    introduction_id uuid not null,
    company_id uuid not null,
    downloaded_at timestamptz not null default now(),
    duty_id uuid
);
create index on personal.download (company_id, introduction_id) where duty_id is null;
alter table personal.download enable row level security, force row level security;
create policy owner_all on personal.download to portal_owner using (true) with check (true);
insert into personal.download (entry_id, introduction_id, company_id, downloaded_at)
select told.id, told.introduction_id, told.company_id, told.recorded_at
from accesslog.entry as told
join accesslog.entry as shown on shown.id = told.subject_id and shown.action in ('resume_downloaded', 'document_opened')
where told.action = 'handed_over' and told.decision = 'permitted';

-- What a company has to delete of an introduction, because its access to it ended; attested by one of its administrators.
create table personal.deletion_duty (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null references personal.introduction,
    company_id uuid not null references portal.company,
    cause text not null check (cause in ('consent_ended', 'company_terminated', 'agreement_ended', 'decided', 'inactive', 'taken_back')),
    ended_at timestamptz not null,
    due_at timestamptz not null,
    files integer not null check (files > 0),
    noted_at timestamptz not null default now(),
    attested_at timestamptz,
    attested_by uuid references portal.account,
    attested_as text check (attested_as in ('deleted', 'kept_by_law')),
    check ((attested_at is null) = (attested_by is null) and (attested_at is null) = (attested_as is null))
);
create index on personal.deletion_duty (company_id, ended_at);
create index on personal.deletion_duty (introduction_id);
alter table personal.deletion_duty enable row level security, force row level security;
create policy owner_all on personal.deletion_duty to portal_owner using (true) with check (true);
