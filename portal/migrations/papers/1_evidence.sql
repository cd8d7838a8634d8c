-- A scanned paper on which a person said something: cleaned, sealed with the person's own key, and opened by nobody but staff. It stands in a
-- table of its own, so that nothing that opens a candidate's documents to a company can reach it.
create table personal.evidence (
    id uuid primary key default gen_random_uuid(),
    candidate_id uuid not null references personal.candidate,
    statement_id uuid not null unique references personal.statement,
    pages integer not null,
    bytes integer not null,
    object_key text not null unique,
    content_digest bytea not null check (octet_length(content_digest) = 32),
    received_digest bytea not null check (octet_length(received_digest) = 32)
);
create index on personal.evidence (candidate_id);
alter table personal.statement add column consent_id uuid references personal.consent;
