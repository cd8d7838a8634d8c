-- The suspension of an account, or the suspension or termination of a company, whose record somebody's open transaction holds. It
-- binds from the commit of this row. The row goes when the record says so itself.
create table portal.halt (
    id uuid primary key default gen_random_uuid(),
    account_id uuid references portal.account,
    company_id uuid,  -- no foreign key: its check would wait for whoever changes the company's number
    wanted text not null check (wanted in ('suspended', 'terminated')),
    reason text check (length(reason) <= 500),
    by_company boolean not null default false,
    heir_id uuid,  -- who looks after an account manager's companies from then on; null: nobody for now
    made_at timestamptz not null default clock_timestamp(),
    check (num_nonnulls(account_id, company_id) = 1),
    check (company_id is not null or wanted = 'suspended')
);
create index on portal.halt (account_id) where account_id is not null;
alter table portal.halt enable row level security, force row level security;
create policy owner_all on portal.halt to portal_owner using (true) with check (true);

-- To a company's administrators and its account manager, when an administrator makes or changes an account of the company.
insert into portal.mail_kind (code) values ('person_added');
