-- The access log: append-only, partitioned by month. The entry holds nothing about the person. Whatever could name one is in the
-- side row, bound to the entry by a salted commitment. So it can be erased, and the entry still verifies.

create table accesslog.entry (
    id uuid not null default gen_random_uuid(),
    recorded_at timestamptz not null default now(),
    transaction xid8 not null default pg_current_xact_id(),
    schema_version smallint not null default 1,
    action text not null,
    actor_id uuid,
    role text,
    company_id uuid,
    session_id uuid,
    request_id uuid,
    introduction_id uuid,
    purpose integer not null default 0,
    items integer not null default 0,
    decision text not null check (decision in ('permitted', 'refused', 'undetermined')),
    reasons integer not null default 0,
    consent_id uuid,
    agreement_id uuid,
    document_digest bytea,
    subject_id uuid,
    commitment bytea not null check (octet_length(commitment) = 32),
    primary key (id, recorded_at)
) partition by range (recorded_at);
create index on accesslog.entry (recorded_at desc, id desc);
create index on accesslog.entry (company_id, recorded_at desc, id desc);
create index on accesslog.entry (actor_id, recorded_at desc, id desc);
create index on accesslog.entry (introduction_id, recorded_at desc, id desc) where introduction_id is not null;
create index on accesslog.entry (action, recorded_at desc, id desc);
create index on accesslog.entry (decision, recorded_at desc, id desc) where decision <> 'permitted';

create table accesslog.entry_subject (
    entry_id uuid not null,
    recorded_at timestamptz not null,
    salt bytea not null default uuid_send(gen_random_uuid()),
    candidate_id uuid,
    ip inet,
    agent text,
    primary key (entry_id, recorded_at)
) partition by range (recorded_at);
create index on accesslog.entry_subject (candidate_id, recorded_at desc) where candidate_id is not null;

-- salt (16 bytes), candidate id (16 bytes, zeros when none), then each text with its length in four bytes before it.
create function accesslog.commitment(salt bytea, candidate_id uuid, ip inet, agent text) returns bytea
language sql immutable parallel safe as $$
    select sha256(
        salt || uuid_send(coalesce(candidate_id, '00000000-0000-0000-0000-000000000000'))
        || int4send(octet_length(coalesce(host(ip), ''))) || convert_to(coalesce(host(ip), ''), 'UTF8')
        || int4send(octet_length(coalesce(agent, ''))) || convert_to(coalesce(agent, ''), 'UTF8')
    )
$$;

create function accesslog.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the access log is append-only' using errcode = 'insufficient_privilege';
end
$$;

-- Makes this month's and the coming months' partitions; the worker calls it daily. There is no default
-- partition: an entry that has no place must fail, and with it whatever it would have recorded.
create function accesslog.keep_partitions(months_ahead integer default 12) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    made integer := 0;
    first date;
    parent text;
    partition text;
begin
    perform pg_advisory_xact_lock(hashtext('accesslog.keep_partitions'));
    for first in select generate_series(date_trunc('month', now() at time zone 'UTC'),
                                        date_trunc('month', now() at time zone 'UTC') + make_interval(months => months_ahead), '1 month')
    loop
        foreach parent in array array['entry', 'entry_subject'] loop
            partition := format('%s_%s', parent, to_char(first, 'YYYY_MM'));
            if to_regclass(format('accesslog.%I', partition)) is null then
                execute format('create table accesslog.%I partition of accesslog.%I for values from (%L) to (%L)',
                               partition, parent, first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
                execute format('alter table accesslog.%I enable row level security', partition);
                execute format('alter table accesslog.%I force row level security', partition);
                execute format('create trigger no_truncate before truncate on accesslog.%I for each statement execute function accesslog.refuse_change()',
                               partition);  -- a partition does not inherit it, as it does the triggers for each row
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$$;
select accesslog.keep_partitions();

create trigger append_only before update or delete on accesslog.entry for each row execute function accesslog.refuse_change();
create trigger append_only before update on accesslog.entry_subject for each row execute function accesslog.refuse_change();
create trigger no_truncate before truncate on accesslog.entry for each statement execute function accesslog.refuse_change();
create trigger no_truncate before truncate on accesslog.entry_subject for each statement execute function accesslog.refuse_change();
