-- The log narrowed to one hour of the day: an hour in which little is done is far apart in the order of time.
create index entry_hour on accesslog.entry ((extract(hour from recorded_at at time zone 'Asia/Tokyo')), recorded_at, id);
