-- The networks that a company's people may come from. A company without a row may come from anywhere.
create table portal.company_network (
    company_id uuid not null references portal.company,
    range cidr not null,
    added_at timestamptz not null default now(),
    added_by uuid references portal.account,
    primary key (company_id, range)
);
alter table portal.company_network enable row level security, force row level security;
create policy owner_all on portal.company_network to portal_owner using (true) with check (true);
