-- The leaves of the tree that seals the log, numbered without gaps, and the checkpoints that were signed over them.

create table accesslog.leaf (
    number bigint primary key,
    recorded_at timestamptz not null,
    entry_id uuid not null unique,
    hash bytea not null check (octet_length(hash) = 32)
);
-- "edges" are the roots of the whole subtrees from left to right: what is needed to go on. "until" is the last transaction of
-- this database cluster that is sealed.
create table accesslog.checkpoint (
    size bigint primary key,
    root bytea not null check (octet_length(root) = 32),
    edges bytea[] not null,
    note text not null,
    until xid8,
    sealed_at timestamptz not null default now()
);
create trigger append_only before update or delete on accesslog.leaf for each row execute function accesslog.refuse_change();
create trigger no_truncate before truncate on accesslog.leaf for each statement execute function accesslog.refuse_change();
create trigger append_only before update or delete on accesslog.checkpoint for each row execute function accesslog.refuse_change();
create trigger no_truncate before truncate on accesslog.checkpoint for each statement execute function accesslog.refuse_change();

-- What is not sealed yet is found by the transaction that wrote it.
create index on accesslog.entry (transaction);
