-- The log is only added to. Nobody has a right to change it or take from it.

grant insert on accesslog.entry, accesslog.entry_subject to portal_gate;
grant insert, delete on accesslog.unsigned_act to portal_gate;
grant insert on accesslog.leaf, accesslog.checkpoint, accesslog.cosignature to portal_gate;
grant insert, update on portal.log_publication to portal_gate;
grant insert, update, delete on portal.log_witness to portal_gate;
grant insert, update on portal.log_verification to portal_gate;
grant update on portal.log_sink to portal_gate;
grant execute on function accesslog.commitment(bytea, uuid, inet, text), accesslog.entry_id(timestamptz), accesslog.moment_of(uuid) to portal_gate;
grant execute on function accesslog.keep_partitions(integer) to portal_worker;
grant usage on type gate.log_filter to portal_web;
grant insert, update (asked, saved_at), delete on portal.saved_search to portal_gate;
