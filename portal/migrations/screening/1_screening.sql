-- What compliance said of a company before it could be active. A later note takes nothing of an earlier one away.
create table portal.company_screening (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    outcome text not null check (outcome in ('approved', 'refused')),
    note text not null check (length(note) between 1 and 2000),
    decided_by uuid not null references portal.account,
    decided_at timestamptz not null default clock_timestamp()
);
create index on portal.company_screening (company_id, decided_at desc);
alter table portal.company_screening enable row level security, force row level security;
create policy owner_all on portal.company_screening to portal_owner using (true) with check (true);
