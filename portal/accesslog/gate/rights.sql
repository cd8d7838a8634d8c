-- The log is only added to. Nobody has a right to change it or take from it.

grant insert on accesslog.entry to portal_gate;
grant insert on accesslog.entry_subject to portal_gate;
grant execute on function accesslog.commitment(bytea, uuid, inet, text), accesslog.entry_id(timestamptz), accesslog.moment_of(uuid) to portal_gate;
grant execute on function accesslog.keep_partitions(integer) to portal_worker;
grant usage on type gate.log_filter to portal_web;
