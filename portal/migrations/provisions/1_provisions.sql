-- Who a company was, from when on: a provision record names its recipient as it was then. What is there stood always, as far as is known.
create table portal.company_particulars (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    since timestamptz not null,
    name text not null,
    name_latin text,
    corporate_number text,
    country text,
    address text,
    representative text
);
create index on portal.company_particulars (company_id, since desc);
alter table portal.company_particulars enable row level security, force row level security;
create policy owner_all on portal.company_particulars to portal_owner using (true) with check (true);
insert into portal.company_particulars (company_id, since, name, name_latin, corporate_number, country, address, representative)
select id, '-infinity', name, name_latin, corporate_number, country, address, representative from portal.company;

-- The record of a provision to a third party (APPI 29): to whom, of whom, which items, on which consent. What is provided again under the
-- same consent and agreement to the same recipient is one record, kept from the last time on. It names the person until its time is over,
-- whatever else is erased.
create table personal.provision (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null,
    candidate_id uuid not null references personal.candidate,
    company_id uuid not null references portal.company,
    particulars_id uuid not null references portal.company_particulars,
    consent_id uuid not null,
    agreement_id uuid not null references portal.agreement,
    code text not null,
    person_reference text not null,
    person_name text,
    items integer not null,
    purposes integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null check (last_at >= first_at),
    consent_given_at timestamptz not null,
    notice_id uuid not null references portal.notice,
    contract text check (length(contract) between 1 and 200),  -- a contract that holds all of this and stands in for the record
    unique (introduction_id, consent_id, agreement_id, particulars_id)
);
create index on personal.provision (candidate_id);
create index on personal.provision (company_id, last_at desc, id desc);
create index on personal.provision (last_at desc, id desc);
create index on personal.provision (particulars_id);
create index on personal.provision (agreement_id);
create index on personal.provision (notice_id);
alter table personal.provision enable row level security, force row level security;
create policy owner_all on personal.provision to portal_owner using (true) with check (true);

-- Up to which transaction the log has been read for provisions.
create table personal.provision_mark (
    only_row boolean primary key default true check (only_row),
    until xid8 not null default '0'
);
insert into personal.provision_mark default values;
alter table personal.provision_mark enable row level security, force row level security;
create policy owner_all on personal.provision_mark to portal_owner using (true) with check (true);
