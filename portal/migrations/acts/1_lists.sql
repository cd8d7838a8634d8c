-- The closed lists of the log. They are filled whenever the gate is built, so that a new action needs no migration.

create table accesslog.action (
    code text primary key,
    subject text,  -- what kind of thing an entry's subject_id is; null when there is none
    facts text[] not null default '{}'
);

create table accesslog.fact (
    key text primary key,
    kind text not null check (kind in ('flag', 'number', 'word', 'moment', 'company', 'account', 'opening'))
);

-- A reason of the rule has a bit, which is reckoned with and never stored. A refusal of an act has none.
create table accesslog.reason (
    code text primary key,
    mask bigint unique,
    missing_fact boolean not null default false
);
