-- An id begins with its transaction's moment, to the millisecond, and goes on with how many microseconds later it was made: entries
-- of one transaction, which have one moment, are in the order of what was done. Then come 40 random bits (RFC 9562, version 7).
create or replace function accesslog.entry_id(at timestamptz) returns uuid
language sql volatile parallel safe as $$
    select overlay(
        lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
        || lpad(to_hex(least(extract(epoch from clock_timestamp() - now()) * 1000000, 4294967295)::bigint), 8, '0')
        || right(gen_random_uuid()::text, 10)
        placing '8' from 17 for 0)::uuid
$$;
