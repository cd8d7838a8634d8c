-- Employers, their openings, and everyone who signs in.

create table portal.company_group (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    name text not null
);

create table portal.company (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    name text not null,
    name_latin text,
    corporate_number text unique check (corporate_number ~ '^[1-9][0-9]{12}$'),
    country text check (country ~ '^[A-Z]{2}$'),
    address text,
    representative text,
    status text not null default 'pending' check (status in ('pending', 'active', 'suspended', 'terminated')),
    group_id uuid references portal.company_group,
    account_manager_id uuid,
    created_at timestamptz not null default now()
);
create index on portal.company (account_manager_id);

create table portal.opening (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    company_id uuid not null references portal.company,
    title text not null,
    title_latin text,
    description text,
    status text not null default 'open' check (status in ('open', 'closed')),
    created_at timestamptz not null default now(),
    unique (id, company_id)
);
create index on portal.opening (company_id);

create table portal.account (
    id uuid primary key default gen_random_uuid(),
    email text not null,
    display_name text not null,
    role text not null check (role in ('recruiter', 'employer_admin', 'account_manager', 'compliance', 'administrator')),
    company_id uuid references portal.company,
    locale text not null default 'ja' check (locale in ('ja', 'en')),
    status text not null default 'active' check (status in ('active', 'suspended')),
    suspension_reason text,
    created_at timestamptz not null default now(),
    last_signed_in_at timestamptz,
    check ((role in ('recruiter', 'employer_admin')) = (company_id is not null))
);
create unique index account_email on portal.account (lower(email));
create index on portal.account (company_id);
alter table portal.company add foreign key (account_manager_id) references portal.account;

-- What a password is checked against: the digest of an argon2id proof. The proof itself never rests anywhere.
create table portal.credential (
    account_id uuid primary key references portal.account on delete cascade,
    salt bytea not null check (octet_length(salt) = 16),
    time_cost integer not null,
    memory_kib integer not null,
    parallelism integer not null,
    proof_hash bytea not null check (octet_length(proof_hash) = 32),
    changed_at timestamptz not null default now()
);

create table portal.session (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
    started_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    ip inet,
    agent text
);
create index on portal.session (account_id) where ended_at is null;

-- Failed sign-ins, for the throttle. The e-mail is kept as a digest: it may belong to nobody here.
create table portal.sign_in_failure (
    id bigint generated always as identity primary key,
    email_hash bytea not null,
    ip inet,
    failed_at timestamptz not null default now()
);
create index on portal.sign_in_failure (email_hash, failed_at);
create index on portal.sign_in_failure (ip, failed_at);

-- The salt an unknown account appears to have is derived from this, so that it never changes between two tries.
create table portal.decoy (
    only_row boolean primary key default true check (only_row),
    secret bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);
insert into portal.decoy default values;
