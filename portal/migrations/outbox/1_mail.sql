-- What is to be sent by mail. A row is written in the transaction that decided it; the worker sends it and writes how it went.

create table portal.mail_kind (
    code text primary key
);
insert into portal.mail_kind (code) values ('password_changed');

create table portal.mail (
    id uuid primary key default gen_random_uuid(),
    kind text not null references portal.mail_kind,
    account_id uuid not null references portal.account,
    written_at timestamptz not null default now(),
    until timestamptz not null,  -- later than this nobody wants it any more
    attempts integer not null default 0,
    attempted_at timestamptz,
    failure text check (failure ~ '^[a-z_]+$'),  -- a word of ours, never what a server said
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'given_up', 'dropped')),
    ended_at timestamptz,
    check ((state = 'waiting') = (ended_at is null))
);
create index on portal.mail (written_at) where state = 'waiting';
create index on portal.mail (account_id, written_at desc);
create index on portal.mail (ended_at);
