-- Who may call and read what: nothing but what stands here.

revoke all on all tables in schema portal, personal, accesslog, gate from public, portal_web, portal_worker, portal_gate;
revoke all on all functions in schema gate, accesslog from public, portal_web, portal_worker;

grant usage on schema portal, personal, accesslog, gate to portal_gate;
grant select on all tables in schema portal, personal, accesslog to portal_gate;
grant insert on accesslog.entry, accesslog.entry_subject, portal.session, portal.sign_in_failure, portal.account, portal.credential,
    portal.undertaking, personal.outcome to portal_gate;
grant insert, delete on personal.name_token to portal_gate;
grant update (last_seen_at, ip, ended_at, confined) on portal.session to portal_gate;
grant update (status, suspension_reason, last_signed_in_at) on portal.account to portal_gate;
grant update (salt, proof_hash, time_cost, memory_kib, parallelism, changed_at, told) on portal.credential to portal_gate;
grant update (stage) on personal.introduction to portal_gate;
grant delete on portal.sign_in_failure to portal_gate;
grant execute on function accesslog.commitment(bytea, uuid, inet, text), accesslog.entry_id(timestamptz), accesslog.moment_of(uuid) to portal_gate;
grant execute on function accesslog.keep_partitions(integer) to portal_worker;

grant usage on schema gate, portal to portal_web;
grant usage on schema gate, accesslog to portal_worker;
grant select on portal.item, portal.purpose, portal.regime, portal.reason, portal.notice, portal.company, portal.company_group,
    portal.opening, portal.agreement, portal.undertaking to portal_web;
grant select (id, email, display_name, role, company_id, locale, status, created_at, last_signed_in_at) on portal.account to portal_web;

do $$
declare
    made record;
begin
    for made in select oid::regprocedure as signature, proname as name from pg_proc where pronamespace = 'gate'::regnamespace loop
        execute format('alter function %s owner to portal_gate', made.signature);
        if made.name = any (array[
            'arrive', 'companies', 'viewer_account', 'viewer_role',
            'sign_in_parameters', 'sign_in', 'sign_out', 'my_sessions', 'end_session', 'change_password',
            'accounts', 'create_account', 'replace_password', 'suspend_account', 'reactivate_account',
            'search', 'disclose', 'basis', 'open_document', 'explain', 'managed_introductions', 'introduction_counts', 'in_force', 'end_of',
            'put_outcome', 'accept_undertaking', 'log_entries'
        ]) then
            execute format('grant execute on function %s to portal_web', made.signature);
        elsif made.name = 'end_expired_sessions' then
            execute format('grant execute on function %s to portal_worker', made.signature);
        elsif made.name in ('record_import') then
            execute format('grant execute on function %s to portal_owner', made.signature);
        end if;
    end loop;
end
$$;
alter view gate.standing owner to portal_gate;
grant usage on type gate.search_filter, gate.log_filter to portal_web;
