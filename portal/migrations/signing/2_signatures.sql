-- What a signatory declares about antisocial forces (S57), by version and language. A text is never changed.
create table portal.declaration_text (
    version integer not null check (version > 0),
    language text not null check (language in ('ja', 'en')),
    text text not null,
    text_digest bytea generated always as (portal.text_digest(text)) stored,
    original_digest bytea not null check (octet_length(original_digest) = 32),
    published_at timestamptz not null,
    primary key (version, language),
    unique (text_digest)
);
alter table portal.declaration_text enable row level security, force row level security;
create policy owner_all on portal.declaration_text to portal_owner using (true) with check (true);

-- What the signatory did: once for an agreement.
create table portal.agreement_signature (
    agreement_id uuid primary key references portal.agreement,
    session_id uuid not null references portal.link_session,
    stated_name text not null,
    stated_title text not null,
    authority text not null,           -- as the agreement named it, and the signatory stated it
    email text not null,
    language text not null check (language in ('ja', 'en')),
    terms_digest bytea not null check (octet_length(terms_digest) = 32),
    text_digest bytea not null check (octet_length(text_digest) = 32),  -- of the text as it was shown, in that language
    declaration_digest bytea not null references portal.declaration_text (text_digest),
    code_entered_at timestamptz not null,
    signed_at timestamptz not null default now(),
    ip inet,
    agent text,
    entry_id uuid not null
);

-- The signed paper. What it holds is never changed, and its digest stands in the entries that stand on the agreement.
create table portal.agreement_paper (
    agreement_id uuid primary key references portal.agreement,
    pdf bytea not null,
    digest bytea generated always as (sha256(pdf)) stored,
    certificate_digest bytea not null check (octet_length(certificate_digest) = 32),
    self_made boolean not null,
    time_stamped boolean not null,
    made_at timestamptz not null default now()
);
alter table accesslog.entry add column agreement_digest bytea check (octet_length(agreement_digest) = 32);
