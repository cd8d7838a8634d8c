-- Changing who or where one is. One to a line; words in braces are filled in.
set role portal_gate
set role portal_owner
set role postgres
set local role portal_worker
reset role
set session authorization portal_owner
set session authorization default
set row_security = off
set search_path = pg_temp, personal, gate, portal, public
set session_replication_role = replica
set default_transaction_isolation = 'serializable'
set local portal.session = ''
set check_function_bodies = off
set plan_cache_mode = force_custom_plan
set enable_indexscan = off
set debug_print_plan = on
set client_min_messages = debug5
set log_min_messages = debug5
set backtrace_functions = 'x'
set constraints all deferred
discard plans
reset all
set session characteristics as transaction read only
