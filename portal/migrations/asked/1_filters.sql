-- Searches of the log that somebody kept: what an address may hold, and never a word that was typed.
create table portal.saved_search (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    name text not null check (length(name) between 1 and 80),
    asked text not null check (length(asked) <= 2000),
    saved_at timestamptz not null default now(),
    unique (account_id, name)
);
alter table portal.saved_search enable row level security, force row level security;
create policy owner_all on portal.saved_search to portal_owner using (true) with check (true);

-- By these few entries alone; the many that are permitted, and the many recruiters', have no part in them.
create index on accesslog.entry using gin (reasons) where reasons is not null;
create index on accesslog.entry (role, recorded_at desc, id desc) where role <> 'recruiter';
create index on accesslog.entry (document_digest, recorded_at desc, id desc) where document_digest is not null;
create index on accesslog.entry_subject (ip, recorded_at desc) where ip is not null;

-- A fact can be the id of a sign-in or of an entry.
alter table accesslog.fact drop constraint fact_kind_check;
alter table accesslog.fact add constraint fact_kind_check
    check (kind in ('flag', 'number', 'word', 'moment', 'company', 'account', 'opening', 'session', 'entry'));
