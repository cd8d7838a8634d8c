create or replace function accesslog.entry_id(at timestamptz) returns uuid
language sql volatile parallel safe as $$
    select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(gen_random_uuid()::text, 16))::uuid
$$;

