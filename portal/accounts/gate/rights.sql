grant insert on portal.session to portal_gate;
grant insert on portal.sign_in_failure to portal_gate;
grant update (last_seen_at, ip, must_change_password) on portal.session to portal_gate;
grant update (suspended_by_company, status, suspension_reason, display_name, email, role, company_id, capacity, holder, keys, resume_tab, notices, digest_at) on portal.account to portal_gate;
grant update (account_manager_id) on portal.company to portal_gate;
grant delete on portal.sign_in_failure to portal_gate;
grant insert on portal.halt to portal_gate;
grant insert on portal.link to portal_gate;
grant insert on portal.link_use to portal_gate;
grant insert on portal.link_withdrawal to portal_gate;
grant update (last_seen_at, ip, awaits_code, code_entered_at) on portal.link_session to portal_gate;
grant delete on portal.link_code to portal_gate;
grant update (code_hash, sent, tries) on portal.link_code to portal_gate;
grant execute on function portal.text_digest(text) to portal_gate;

grant select (id, email, display_name, role, company_id, locale, status, suspended_by_company, created_at) on portal.account to portal_web;
grant usage on type gate.account_details to portal_web;
create policy web_reads on portal.account for select to portal_web
    using (id = (select gate.viewer_account())
           or company_id = any (array(select gate.companies()))
           or (select gate.viewer_role()) in ('administrator', 'compliance'));
