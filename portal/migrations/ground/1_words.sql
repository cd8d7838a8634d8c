-- The closed lists every later table points at. A set of items or purposes is one integer, a bit each,
-- so that the rule reckons with agreement & consent & regime & purpose.

create schema portal;
create schema personal;
create schema accesslog;
revoke all on schema public from public;

create table portal.item (
    mask integer primary key,
    code text not null unique
);
insert into portal.item (mask, code)
select 1 << (place - 1)::integer, code
from unnest(array[
    'name', 'email', 'photo', 'nationality', 'address', 'date_of_birth', 'age', 'gender', 'telephone',
    'background', 'qualifications', 'residence_status', 'japanese_level', 'resume_original'
]) with ordinality as listed(code, place);

-- Which items serve which purpose (design, section 3): address, e-mail and telephone are for contact, the name for both.
create table portal.purpose (
    mask integer primary key,
    code text not null unique,
    items integer not null
);
insert into portal.purpose (mask, code, items)
select 1, 'selection', sum(mask) from portal.item where code not in ('email', 'telephone', 'address')
union all
select 2, 'contact', sum(mask) from portal.item where code in ('name', 'email', 'telephone', 'address');

-- The most a person's law lets a company see without explicit consent to more (S31), and whether the data may leave Japan (S33).
create table portal.regime (
    code text primary key,
    items integer not null,
    japan_only boolean not null
);
insert into portal.regime (code, items, japan_only)
select 'general', sum(mask), false from portal.item
union all
select 'california', sum(mask), false from portal.item
union all
select 'eea', sum(mask), true from portal.item
where code in ('nationality', 'address', 'date_of_birth', 'telephone', 'background', 'qualifications', 'japanese_level');

-- Why an item is not open. A missing fact makes a decision undetermined; any other reason refuses.
create table portal.reason (
    mask integer primary key,
    code text not null unique,
    missing_fact boolean not null default false
);
insert into portal.reason (mask, code, missing_fact)
select 1 << (place - 1)::integer, code, code like '%\_unknown'
from unnest(array[
    'no_live_session', 'not_for_this_role', 'other_company', 'undertaking_not_accepted',
    'company_not_active', 'agreement_not_in_force', 'purpose_not_in_agreement',
    'consent_not_given', 'consent_withdrawn', 'consent_expired', 'purpose_not_in_consent',
    'candidate_restricted', 'candidate_objecting', 'candidate_erased',
    'company_outside_japan', 'network_outside_japan', 'foreign_transfer_notice_missing',
    'window_closed', 'item_not_open', 'no_such_record',
    'regime_unknown', 'company_country_unknown', 'network_country_unknown'
]) with ordinality as listed(code, place);

-- Where a network is, by longest prefix. Private networks count as the operator's own site; load the
-- registries' lists for the rest. An address found nowhere is a missing fact, not Japan.
create table portal.network (
    range inet primary key,
    country text not null check (country ~ '^[A-Z]{2}$')
);
insert into portal.network (range, country)
select range::inet, 'JP' from unnest(array['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']) as range;
create index on portal.network using gist (range inet_ops);

-- How long a sign-in lasts; one row, written from the configuration at each migration.
create table portal.session_policy (
    only_row boolean primary key default true check (only_row),
    idle_limit interval not null default '30 minutes',
    absolute_limit interval not null default '12 hours'
);
insert into portal.session_policy default values;
