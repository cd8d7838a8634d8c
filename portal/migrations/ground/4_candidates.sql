-- The data subjects. Nothing in this schema is readable by the web process: only the gate's functions come here.

create table personal.candidate (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    regime text references portal.regime,
    account_manager_id uuid references portal.account,
    restricted_at timestamptz,
    objected_at timestamptz,
    erased_at timestamptz,
    source_digest bytea,
    confirmed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index on personal.candidate (account_manager_id);

-- One column per item of the source policy (S1). The two generated columns are what the list filters on.
create table personal.candidate_items (
    candidate_id uuid primary key references personal.candidate,
    name jsonb,
    email text,
    photo uuid,
    nationality text,
    address jsonb,
    date_of_birth date,
    age smallint,
    gender text,
    telephone text,
    background jsonb,
    qualifications jsonb,
    residence_status jsonb,
    japanese_level jsonb,
    japanese_rank smallint generated always as ((japanese_level ->> 'rank')::smallint) stored,
    work_permission text generated always as (residence_status ->> 'work') stored
);
create index on personal.candidate_items (candidate_id, japanese_rank, work_permission);  -- so that filters leave the wide rows alone

-- The pieces of a name that a search may begin with; kept by a trigger on the items. Ordered by code point wherever the
-- database stands, so that "begins with" is a range of the index.
create table personal.name_token (
    candidate_id uuid not null references personal.candidate,
    token text collate "C" not null,
    primary key (candidate_id, token)
);
create index on personal.name_token (token, candidate_id);

-- The wrapped data key of one person's documents: destroying this row is erasing them.
create table personal.document_key (
    candidate_id uuid primary key references personal.candidate,
    master_key_id text not null,
    wrapped_key bytea not null,
    created_at timestamptz not null default now()
);

create table personal.document (
    id uuid primary key default gen_random_uuid(),
    candidate_id uuid not null references personal.candidate,
    kind text not null check (kind in ('resume_original', 'photo')),
    title text not null,
    media_type text not null check (media_type in ('application/pdf', 'image/jpeg')),
    pages integer not null default 1,
    bytes integer not null,
    object_key text not null unique,
    content_digest bytea not null check (octet_length(content_digest) = 32),
    received_digest bytea not null check (octet_length(received_digest) = 32),
    created_at timestamptz not null default now(),
    replaced_at timestamptz
);
create index on personal.document (candidate_id) where replaced_at is null;

-- One statement of one person about one company. A row is never edited but for its withdrawal; a new statement supersedes the older ones.
create table personal.consent (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    candidate_id uuid not null references personal.candidate,
    company_id uuid not null references portal.company,
    notice_id uuid not null references portal.notice,
    items integer not null check (items between 0 and 16383),
    explicit_items integer not null default 0 check (explicit_items between 0 and 16383),
    purposes integer not null check (purposes between 0 and 3),
    foreign_transfer_notice boolean not null default false,
    given_at timestamptz not null,
    expires_at timestamptz,
    withdrawn_at timestamptz,
    created_at timestamptz not null default now(),
    check (explicit_items & items = explicit_items)
);
create index on personal.consent (candidate_id, company_id, given_at desc, id desc);
create index on personal.consent (company_id);

create table personal.introduction (
    id uuid primary key default gen_random_uuid(),
    reference text not null unique,
    code text not null unique check (code ~ '^SK-[0-9A-HJKMNP-TV-Z]{6,8}$'),
    candidate_id uuid not null references personal.candidate,
    company_id uuid not null,
    opening_id uuid not null,
    stage text not null default 'introduced' check (stage in ('introduced', 'screening', 'interview', 'offer', 'decided')),
    introduced_at timestamptz not null default now(),
    foreign key (opening_id, company_id) references portal.opening (id, company_id),
    unique (candidate_id, opening_id)
);
create index on personal.introduction (company_id, introduced_at desc, id desc);
create index on personal.introduction (opening_id);

-- A decision made by a named person (S39). The first row closes the selection window; a correction is a further row.
create table personal.outcome (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null references personal.introduction,
    result text not null check (result in ('hired', 'not_hired', 'withdrawn')),
    reason text not null,
    note text,
    recorded_at timestamptz not null default now(),
    recorded_by uuid references portal.account,
    corrects uuid references personal.outcome
);
create unique index outcome_first on personal.outcome (introduction_id) where corrects is null;
create unique index outcome_corrected_once on personal.outcome (corrects) where corrects is not null;
create index on personal.outcome (introduction_id, recorded_at);
