-- An agreement of before sets no limit, and nothing that was signed changes.
alter table portal.agreement add column daily_downloads integer check (daily_downloads between 1 and 1000);

-- Whose each file is, and whether it was saved as a file or read on the page. Until now both were one act, so all of before count as saved.
alter table personal.download
    add column account_id uuid,
    add column kind text not null default 'resume' check (kind in ('resume', 'original', 'index')),
    add column saved boolean not null default true,
    add column attested_at timestamptz,
    add column attested_as text check (attested_as in ('deleted', 'kept_by_law')),
    add check ((attested_at is null) = (attested_as is null));
update personal.download set account_id = told.actor_id, kind = case shown.action when 'document_opened' then 'original' when 'resume_downloaded' then 'resume' else 'index' end
from accesslog.entry as told left join accesslog.entry as shown on shown.id = told.subject_id
where told.id = download.entry_id;
create index on personal.download (account_id, downloaded_at desc);

-- Why somebody needs more in a day than the agreement says; beyond twice as much an administrator of the company answers it.
create table personal.download_leave (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    company_id uuid not null references portal.company,
    day date not null,
    reason text not null check (length(reason) between 1 and 300),
    needs_approval boolean not null,
    asked_at timestamptz not null default now(),
    answered_at timestamptz,
    answered_by uuid references portal.account,
    granted boolean,
    check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (granted is null)),
    check (needs_approval or answered_at is null)
);
create unique index download_reason on personal.download_leave (account_id, day) where not needs_approval;
create unique index download_waiting on personal.download_leave (account_id, day) where needs_approval and answered_at is null;
create index on personal.download_leave (company_id, day);
alter table personal.download_leave enable row level security, force row level security;
create policy owner_all on personal.download_leave to portal_owner using (true) with check (true);

insert into portal.mail_kind (code) values ('downloads_asked_for');
