-- What somebody is asked before they undertake anything, by version and language: one of its choices is right, and it is the same
-- in every language. A question is never changed. Nobody but the gate reads it, because it says which choice is right.
create table portal.understanding_question (
    version integer not null check (version > 0),
    number integer not null check (number > 0),
    language text not null check (language in ('ja', 'en')),
    question text not null,
    choices text[] not null check (cardinality(choices) between 2 and 9),
    right_choice integer not null check (right_choice between 1 and cardinality(choices)),
    explanation text not null,
    published_at timestamptz not null,
    primary key (version, number, language)
);
alter table portal.understanding_question enable row level security, force row level security;
create policy owner_all on portal.understanding_question to portal_owner using (true) with check (true);

-- What somebody answered, in which sign-in, on the way to their undertaking under an agreement: right or wrong, none is changed or left out.
create table portal.understanding_answer (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    session_id uuid not null,
    agreement_id uuid not null references portal.agreement,
    version integer not null,
    number integer not null,
    choice integer not null,
    is_right boolean not null,
    answered_at timestamptz not null default clock_timestamp()
);
create index on portal.understanding_answer (session_id);
create index on portal.understanding_answer (account_id);
create index on portal.understanding_answer (agreement_id);
alter table portal.understanding_answer enable row level security, force row level security;
create policy owner_all on portal.understanding_answer to portal_owner using (true) with check (true);

-- Which version's questions were answered; none by what was accepted before there were any, or comes from an import.
alter table portal.undertaking add column check_version integer;
