-- What a company promised (S4), and what each of its recruiters promised under it.

create function portal.text_digest(text) returns bytea
language sql immutable strict parallel safe as $$ select sha256(convert_to($1, 'UTF8')) $$;

create table portal.agreement (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    company_id uuid not null references portal.company,
    number text not null,
    version integer not null default 1,
    items integer not null check (items between 0 and 16383),
    purposes integer not null check (purposes between 0 and 3),
    contact_days integer not null default 30 check (contact_days between 1 and 365),
    text text not null,
    text_digest bytea generated always as (portal.text_digest(text)) stored,
    signatory_name text,
    company_signed_at timestamptz,
    operator_signed_at timestamptz,
    effective_at timestamptz not null,
    expires_at timestamptz,
    terminated_at timestamptz,
    superseded_at timestamptz,
    grace_days integer not null default 14 check (grace_days between 0 and 90),
    created_at timestamptz not null default now(),
    unique (number, version)
);
create index on portal.agreement (company_id, effective_at desc, id desc);

create table portal.undertaking (
    id uuid primary key default gen_random_uuid(),
    agreement_id uuid not null references portal.agreement,
    account_id uuid not null references portal.account,
    accepted_at timestamptz not null default now(),
    unique (account_id, agreement_id)
);
create index on portal.undertaking (agreement_id);

-- The text shown when a person was asked. Japanese is the original (S46); a translation names its original's digest.
create table portal.notice (
    id uuid primary key default gen_random_uuid(),
    reference text not null,
    version integer not null,
    language text not null check (language in ('ja', 'en', 'my', 'vi')),
    text text not null,
    text_digest bytea generated always as (portal.text_digest(text)) stored,
    published_at timestamptz not null,
    unique (reference, version, language)
);
