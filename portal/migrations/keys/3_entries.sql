-- An entry's id begins with its moment, so that entries are written, and found, where their neighbours in time are:
-- the key is the order of the log, and no second index is needed for it.

-- A random id that begins with a moment, to the millisecond (RFC 9562, version 7).
create function accesslog.entry_id(at timestamptz) returns uuid
language sql volatile parallel safe as $$
    select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(gen_random_uuid()::text, 16))::uuid
$$;

-- The moment an id begins with; null for a random one, as the first entries had.
create function accesslog.moment_of(id uuid) returns timestamptz
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select case when substr(id::text, 15, 1) = '7'
        then to_timestamp(('x0000' || substr(replace(id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0) end
$$;

drop index accesslog.entry_recorded_at_id_idx;
alter table accesslog.entry drop constraint entry_pkey, add primary key (recorded_at, id),
    alter column id set default accesslog.entry_id(now());
alter table accesslog.entry_subject drop constraint entry_subject_pkey, add primary key (recorded_at, entry_id);

-- Refusals are rare, and compliance looks for one company's.
create index on accesslog.entry (company_id, decision, recorded_at desc, id desc) where decision <> 'permitted';
