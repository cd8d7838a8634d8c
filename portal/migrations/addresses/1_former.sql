-- The addresses that accounts had before, as digests: a file of then must not open a second account.
create table portal.former_email (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    email_hash bytea not null check (octet_length(email_hash) = 32),
    changed_at timestamptz not null default now()
);
create index on portal.former_email (email_hash);
create index on portal.former_email (account_id);
