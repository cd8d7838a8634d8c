grant insert on portal.company to portal_gate;
grant insert on portal.opening to portal_gate;
grant insert on portal.company_screening to portal_gate;
grant insert, delete on portal.company_network to portal_gate;
grant insert on portal.succession to portal_gate;
grant update (identity_changed_at, stood_as, succeeded_at) on portal.company to portal_gate;
grant insert, update, delete on portal.company_contact to portal_gate;
grant insert, update, delete on portal.stand_in to portal_gate;
grant update (status, suspended_at, suspension_reason, terminated_at, termination_reason, changed_at) on portal.company to portal_gate;
grant update (corporate_number, name, name_latin, address, representative, country, industry) on portal.company to portal_gate;
grant update (title, title_latin, description, fair_screening, status, changed_at) on portal.opening to portal_gate;
grant select on portal.company, portal.company_group, portal.opening to portal_web;
create policy web_reads on portal.company for select to portal_web using (id = any (array(select gate.companies())));
create policy web_reads on portal.opening for select to portal_web using (company_id = any (array(select gate.companies())));
create policy web_reads on portal.company_group for select to portal_web
    using (exists (select from portal.company where company.group_id = company_group.id));
