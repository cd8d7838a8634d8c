-- A group has a company that answers for it, a list that it publishes, and members from when until when. Until now a company named its group.
alter table portal.company_group
    add column name_latin text,
    add column responsible_company_id uuid unique references portal.company;

create table portal.group_list (
    group_id uuid not null references portal.company_group,
    version integer not null check (version > 0),
    address text not null check (address ~ '^https?://'),
    published_on date not null,
    text text not null check (btrim(text) <> ''),
    digest bytea generated always as (portal.text_digest(text)) stored,
    added_at timestamptz not null default now(),
    added_by uuid references portal.account,
    primary key (group_id, version)
);
alter table portal.group_list enable row level security, force row level security;
create policy owner_all on portal.group_list to portal_owner using (true) with check (true);

create table portal.group_member (
    id uuid primary key default gen_random_uuid(),
    group_id uuid not null references portal.company_group,
    company_id uuid not null references portal.company,
    since timestamptz not null default now(),
    until timestamptz check (until >= since),
    added_by uuid references portal.account,
    ended_by uuid references portal.account
);
create unique index on portal.group_member (company_id) where until is null;
create index on portal.group_member (group_id);
create index on portal.group_member (company_id);
alter table portal.group_member enable row level security, force row level security;
create policy owner_all on portal.group_member to portal_owner using (true) with check (true);
insert into portal.group_member (group_id, company_id, since) select group_id, id, created_at from portal.company where group_id is not null;
drop policy if exists web_reads on portal.company_group;
alter table portal.company drop column group_id;

-- An agreement for a group lists its members as they are when it is signed. What a member joined is a row of its own (joined_agreement_id).
-- When that one ends with the group agreement or with the membership is reckoned by the row's trigger.
alter table portal.agreement
    add column group_id uuid references portal.company_group,
    add column group_terms jsonb,
    add column joined_agreement_id uuid references portal.agreement,
    add column group_ends_at timestamptz,
    add column left_at timestamptz;
create index on portal.agreement (joined_agreement_id) where joined_agreement_id is not null;
create index on portal.agreement (group_id) where group_id is not null;
