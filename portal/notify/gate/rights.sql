-- The outbox is the gate's alone. The queue's tables are pgqueuer's: the gate puts jobs in, the worker does them.

grant delete on portal.mail to portal_gate;

revoke all on schema jobs from public, portal_web, portal_worker, portal_gate;
revoke all on all tables in schema jobs from public, portal_web, portal_worker, portal_gate;
revoke all on all sequences in schema jobs from public, portal_web, portal_worker, portal_gate;
grant usage on schema jobs to portal_gate, portal_worker;
grant insert (priority, status, entrypoint, dedupe_key, payload), select (dedupe_key, status) on jobs.pgqueuer to portal_gate;
grant usage on sequence jobs.pgqueuer_id_seq to portal_gate;
grant select, insert, update, delete on jobs.pgqueuer, jobs.pgqueuer_log, jobs.pgqueuer_statistics to portal_worker;
grant usage on all sequences in schema jobs to portal_worker;
