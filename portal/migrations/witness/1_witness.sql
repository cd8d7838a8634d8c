-- How far the log is published and how many witnesses are needed: one row.
create table portal.log_publication (
    single boolean primary key default true check (single),
    size bigint not null,
    published_at timestamptz,
    failure text check (failure in ('not_continued', 'place', 'other')),
    needed integer not null default 0
);

-- The witnesses that are asked, and what the last look at each came to.
create table portal.log_witness (
    name text primary key check (length(name) between 1 and 200),
    key text not null,
    state text not null check (state in ('cosigned', 'nothing', 'away', 'disagrees')),
    size bigint,
    cosigned_at timestamptz,
    looked_at timestamptz not null
);

-- What witnesses said of checkpoints. It is evidence: it is only added to.
create table accesslog.cosignature (
    size bigint not null references accesslog.checkpoint,
    witness text not null,
    key text not null,
    cosigned_at timestamptz not null,
    line text not null,
    primary key (size, key)
);
create trigger append_only before update or delete on accesslog.cosignature for each row execute function accesslog.refuse_change();
create trigger no_truncate before truncate on accesslog.cosignature for each statement execute function accesslog.refuse_change();
