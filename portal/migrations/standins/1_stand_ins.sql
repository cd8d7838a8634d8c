-- Account managers who act for a company besides the one who looks after it. Who became something else since is none any more.
create table portal.stand_in (
    company_id uuid not null references portal.company,
    account_id uuid not null references portal.account,
    capacity integer not null,
    added_at timestamptz not null default now(),
    added_by uuid references portal.account,
    primary key (company_id, account_id)
);
create index on portal.stand_in (account_id);
alter table portal.stand_in enable row level security, force row level security;
create policy owner_all on portal.stand_in to portal_owner using (true) with check (true);
