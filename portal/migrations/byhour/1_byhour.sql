-- As a whole number, and in the order of the page: under row security the planner uses what it knows of a column for comparisons of whole numbers, not of
-- numerics, and takes no order from a condition.
drop index accesslog.entry_hour;
create index entry_hour on accesslog.entry ((extract(hour from recorded_at at time zone 'Asia/Tokyo')::integer), recorded_at desc, id desc);
-- Contact details and the uploaded original, of one company. See migrations/sought.
create index entry_few_of on accesslog.entry (company_id, recorded_at desc, id desc) where items & 8466 <> 0;
