grant insert on portal.session, portal.revocation, portal.sign_in_failure, portal.account, portal.credential to portal_gate;
grant update (last_seen_at, ip, must_change_password) on portal.session to portal_gate;
grant update (status, suspension_reason) on portal.account to portal_gate;
grant update (salt, proof_hash, time_cost, memory_kib, parallelism, changed_at, temporary) on portal.credential to portal_gate;
grant delete on portal.sign_in_failure to portal_gate;

grant select (id, email, display_name, role, company_id, locale, status, created_at) on portal.account to portal_web;
create policy web_reads on portal.account for select to portal_web
    using (id = (select gate.viewer_account())
           or company_id = any (array(select gate.companies()))
           or (select gate.viewer_role()) in ('administrator', 'compliance'));
