grant insert on portal.succession to portal_gate;
grant update (identity_changed_at, stood_as, succeeded_at) on portal.company to portal_gate;
grant update (status, screening_asked_at, screening_reason, suspended_at, suspension_reason, activated_at, activation_reason, terminated_at, termination_reason, changed_at) on portal.company to portal_gate;
grant update (corporate_number, name, name_latin, address, representative, country, industry) on portal.company to portal_gate;
grant select on portal.company, portal.opening to portal_web;
create policy web_reads on portal.company for select to portal_web using (id = any (array(select gate.companies())));
create policy web_reads on portal.opening for select to portal_web using (company_id = any (array(select gate.companies())));
