-- Days in Japan, by which limits, records and rules count.

create function gate.day_of(at timestamptz) returns date
language sql immutable as $$ select (at at time zone 'Asia/Tokyo')::date $$;

-- The first moment of a day.
create function gate.day_begins(day date) returns timestamptz
language sql immutable as $$ select day::timestamp at time zone 'Asia/Tokyo' $$;

-- Whether Japan works on a day, with the holidays that the portal's own calendar names (portal/language/holidays.py).
create function gate.is_working_day(day date, holidays date[]) returns boolean
language sql immutable as $$ select extract(isodow from day) < 6 and day <> all (holidays) $$;

-- The day that lies so many working days after another.
create function gate.working_day_after(day date, days integer, holidays date[]) returns date
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select day + ahead from generate_series(1, 7 * days + 31) as ahead
    where gate.is_working_day(day + ahead, holidays) order by ahead offset days - 1 limit 1
$$;
