-- Days in Japan, by which limits, records and rules count.

create function gate.day_of(at timestamptz) returns date
language sql immutable as $$ select (at at time zone 'Asia/Tokyo')::date $$;

-- The first moment of a day.
create function gate.day_begins(day date) returns timestamptz
language sql immutable as $$ select day::timestamp at time zone 'Asia/Tokyo' $$;
