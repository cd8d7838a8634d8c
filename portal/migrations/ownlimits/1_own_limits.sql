-- How many files in a day a company's administrators let its people save: one of them, or with no account everybody. The latest row of each
-- counts, so that what held on an earlier day is still known; one without a number lifts it. 0: read on the page, and save nothing.
create table portal.download_limit (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    account_id uuid references portal.account,
    daily integer check (daily between 0 and 1000),
    set_by uuid not null references portal.account,
    set_at timestamptz not null default clock_timestamp()
);
create index on portal.download_limit (company_id, account_id, set_at desc);
create index on portal.download_limit (account_id);
create index on portal.download_limit (set_by);
alter table portal.download_limit enable row level security, force row level security;
create policy owner_all on portal.download_limit to portal_owner using (true) with check (true);
