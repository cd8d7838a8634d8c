-- Entries go out in the order of their leaves: "next" is the number of the first that the collector has not taken yet.
create table portal.log_sink (
    single boolean primary key default true check (single),
    next bigint not null default 0,
    handed_at timestamptz,
    failure text check (length(failure) between 1 and 100)
);
insert into portal.log_sink default values;
