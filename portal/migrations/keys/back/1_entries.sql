drop index accesslog.entry_company_id_decision_recorded_at_id_idx;
alter table accesslog.entry_subject drop constraint entry_subject_pkey, add primary key (entry_id, recorded_at);
alter table accesslog.entry drop constraint entry_pkey, add primary key (id, recorded_at), alter column id set default gen_random_uuid();
create index on accesslog.entry (recorded_at desc, id desc);
drop function accesslog.moment_of(uuid), accesslog.entry_id(timestamptz);
