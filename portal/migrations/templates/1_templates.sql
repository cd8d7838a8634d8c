-- What agreements are made of. The Japanese of each clause is the original. The bounds are the most that an account manager may
-- choose alone. A version is drafted by one of compliance and approved by another, and never altered.
create table portal.agreement_template (
    id uuid primary key default gen_random_uuid(),
    version integer not null unique check (version > 0),
    title_ja text not null,
    title_en text not null,
    clauses jsonb not null check (jsonb_typeof(clauses) = 'array' and jsonb_array_length(clauses) > 0),
    words jsonb not null check (words ?& array['ja', 'en']),
    most_items integer not null check (most_items between 1 and 16383),
    most_contact_days integer not null check (most_contact_days between 1 and 365),
    most_grace_days integer not null check (most_grace_days between 0 and 90),
    most_term_days integer not null check (most_term_days between 1 and 3660),
    within text[] not null check (cardinality(within) > 0),
    digest bytea not null,
    drafted_by uuid not null references portal.account,
    drafted_at timestamptz not null default now(),
    approved_by uuid references portal.account,
    approved_at timestamptz,
    constraint approved_at_once check ((approved_by is null) = (approved_at is null)),
    constraint approved_by_another check (approved_by <> drafted_by)
);
create index on portal.agreement_template (drafted_by);
create index on portal.agreement_template (approved_by);
alter table portal.agreement_template enable row level security, force row level security;
create policy owner_all on portal.agreement_template to portal_owner using (true) with check (true);

alter table portal.agreement
    add column choices_approved_by uuid references portal.account,
    add column choices_approved_at timestamptz,
    add column choices_approved_digest bytea,
    add foreign key (template_version) references portal.agreement_template (version);
create index on portal.agreement (choices_approved_by);
create index on portal.agreement (template_version);
