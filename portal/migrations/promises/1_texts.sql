-- What recruiters undertake, by version and language. A text is never changed; each row names its Japanese original (S46).
create table portal.undertaking_text (
    version integer not null check (version > 0),
    language text not null check (language in ('ja', 'en')),
    text text not null,
    text_digest bytea generated always as (portal.text_digest(text)) stored,
    original_digest bytea not null check (octet_length(original_digest) = 32),
    published_at timestamptz not null,
    primary key (version, language),
    unique (text_digest)
);
alter table portal.undertaking_text enable row level security, force row level security;
create policy owner_all on portal.undertaking_text to portal_owner using (true) with check (true);

-- Which text somebody accepted, as it was shown, and its original. What was accepted before texts were kept, or comes from
-- an import, names none.
alter table portal.undertaking
    add column text_version integer,
    add column text_language text,
    add column text_digest bytea references portal.undertaking_text (text_digest),
    add column original_digest bytea,
    add foreign key (text_version, text_language) references portal.undertaking_text (version, language),
    add constraint a_text_is_named_whole check (
        num_nulls(text_version, text_language, text_digest, original_digest) in (0, 4));
