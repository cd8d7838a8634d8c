-- Personal links: a way in for one person and one purpose, without a password. Kinds are a closed list; whose a link is stands
-- in a column of its own per kind of person, so far accounts alone. What ends something is a row of its own, as with sign-ins.

create table portal.link_kind (
    code text primary key,
    uses text not null check (uses in ('single', 'many')),
    lasts interval not null,   -- from when it is made
    stays interval not null,   -- how long one opening of it is good for, at the most
    asks_code boolean not null default false  -- whether a browser that is new to it must enter a code sent by mail
);
insert into portal.link_kind (code, uses, lasts, stays)
values ('invitation', 'single', '7 days', '1 hour'), ('lost_password', 'single', '1 hour', '1 hour');

create table portal.link (
    id uuid primary key default gen_random_uuid(),
    kind text not null references portal.link_kind,
    account_id uuid not null references portal.account,
    made_at timestamptz not null default clock_timestamp(),
    made_by uuid references portal.account,  -- nobody: it was asked for at the sign-in page, or made by a program
    expires_at timestamptz not null
);
create index on portal.link (account_id, made_at);

-- A link of single use is used up by the act that it is for: once.
create table portal.link_use (
    link_id uuid primary key references portal.link,
    used_at timestamptz not null default now()
);

-- The end of an account's links that were made until then: of one kind, or of all.
create table portal.link_withdrawal (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    kind text references portal.link_kind,
    withdrawn_at timestamptz not null default clock_timestamp()
);
create index on portal.link_withdrawal (account_id, withdrawn_at);

-- The secret is made when the mail is, and only its digest is kept. Each sending has its own, so that of two mails both open.
create table portal.link_secret (
    secret_hash bytea primary key check (octet_length(secret_hash) = 32),
    link_id uuid not null references portal.link on delete cascade,
    made_at timestamptz not null default now()
);
create index on portal.link_secret (link_id);

-- A link that was opened is a sign-in of its own kind: no account is signed in by it.
create table portal.link_session (
    id uuid primary key default gen_random_uuid(),
    link_id uuid not null references portal.link,
    secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
    started_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    awaits_code boolean not null default false,
    ip inet,
    agent text
);
create index on portal.link_session (link_id);

create table portal.link_session_end (
    session_id uuid primary key references portal.link_session,
    ended_at timestamptz not null default now()
);

-- The code that a sign-in waits for. Made when the mail is; the newest counts.
create table portal.link_code (
    session_id uuid primary key references portal.link_session,
    code_hash bytea check (octet_length(code_hash) = 32),
    sent integer not null default 1,   -- how often one was asked for
    tries integer not null default 0
);

-- Browsers that have entered a code for a link.
create table portal.link_browser (
    secret_hash bytea primary key check (octet_length(secret_hash) = 32),
    link_id uuid not null references portal.link on delete cascade,
    made_at timestamptz not null default now()
);
create index on portal.link_browser (link_id);

-- Who asked for a link at the sign-in page: a digest, for the address may belong to nobody here. The worker looks whose it is.
create table portal.link_request (
    id uuid primary key default gen_random_uuid(),
    email_hash bytea not null,
    ip inet,
    asked_at timestamptz not null default now(),
    answered_at timestamptz
);
create index on portal.link_request (email_hash, asked_at);
create index on portal.link_request (ip, asked_at);
create index on portal.account (portal.text_digest(lower(email)));

-- The language that somebody chose with their password. Not on the account: whoever chooses would hold a row that others change.
create table portal.chosen_language (
    account_id uuid primary key references portal.account,
    locale text not null check (locale in ('ja', 'en'))
);

insert into portal.mail_kind (code) values ('invitation'), ('lost_password'), ('link_code');
alter table portal.mail_kind add column carries text not null default 'nothing' check (carries in ('nothing', 'link', 'code'));
update portal.mail_kind set carries = 'link' where code in ('invitation', 'lost_password');
update portal.mail_kind set carries = 'code' where code = 'link_code';
alter table portal.mail
    add column link_id uuid references portal.link,
    add column session_id uuid references portal.link_session;
create index on portal.mail (link_id) where link_id is not null;
