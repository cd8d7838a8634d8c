-- Whom the operator talks to at a company.
create table portal.company_contact (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    name text not null check (length(name) between 1 and 100),
    position text check (length(position) <= 100),
    email text check (length(email) <= 254),
    telephone text check (length(telephone) <= 30),
    changed_at timestamptz not null default clock_timestamp(),
    check (email is not null or telephone is not null)
);
create index on portal.company_contact (company_id);
alter table portal.company_contact enable row level security, force row level security;
create policy owner_all on portal.company_contact to portal_owner using (true) with check (true);
