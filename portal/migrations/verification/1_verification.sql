-- A verification of the whole log by the worker. "edges" is the tree up to "done": one that is cut off goes on there. Of what it found
-- there is the kind of each fault and the number of its leaf, side by side; no number is -1.
create table portal.log_verification (
    id uuid primary key default gen_random_uuid(),
    asked_by uuid references portal.account,
    asked_at timestamptz not null default now(),
    begun_at timestamptz,
    noted_at timestamptz,
    done bigint not null default 0,
    total bigint not null default 0,
    edges bytea[] not null default '{}',
    ended_at timestamptz,
    result text check (result in ('whole', 'wrong', 'not_done')),
    kinds text[] not null default '{}',
    numbers bigint[] not null default '{}',
    cosigned bigint,
    check ((ended_at is null) = (result is null)),
    check (cardinality(kinds) = cardinality(numbers))
);
create index on portal.log_verification (asked_at desc);
create unique index one_at_a_time on portal.log_verification ((true)) where ended_at is null;
