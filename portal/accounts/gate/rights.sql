grant insert on portal.session, portal.revocation, portal.sign_in_failure, portal.account, portal.credential, portal.former_email to portal_gate;
grant update (last_seen_at, ip, must_change_password) on portal.session to portal_gate;
grant update (suspended_by_company, status, suspension_reason, display_name, email, role, company_id, capacity, holder, keys, resume_tab, notices, digest_at) on portal.account to portal_gate;
grant update (account_manager_id) on portal.company to portal_gate;
grant update (salt, proof_hash, time_cost, memory_kib, parallelism, changed_at, temporary, holder) on portal.credential to portal_gate;
grant delete on portal.sign_in_failure to portal_gate;
grant insert, delete on portal.halt to portal_gate;
grant insert on portal.link, portal.link_use, portal.link_withdrawal, portal.link_session, portal.link_session_end to portal_gate;
grant update (last_seen_at, ip, awaits_code, code_entered_at) on portal.link_session to portal_gate;
grant insert, update (locale) on portal.chosen_language to portal_gate;
grant insert, delete on portal.link_secret, portal.link_browser, portal.link_code, portal.link_request to portal_gate;
grant update (answered_at) on portal.link_request to portal_gate;
grant update (code_hash, sent, tries) on portal.link_code to portal_gate;
grant execute on function portal.text_digest(text) to portal_gate;

grant select (id, email, display_name, role, company_id, locale, status, suspended_by_company, created_at) on portal.account to portal_web;
grant usage on type gate.account_details to portal_web;
create policy web_reads on portal.account for select to portal_web
    using (id = (select gate.viewer_account())
           or company_id = any (array(select gate.companies()))
           or (select gate.viewer_role()) in ('administrator', 'compliance'));
