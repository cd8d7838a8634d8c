drop index accesslog.entry_few_of;
drop index accesslog.entry_hour;
create index entry_hour on accesslog.entry ((extract(hour from recorded_at at time zone 'Asia/Tokyo')), recorded_at, id);
