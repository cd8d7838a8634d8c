grant insert on portal.agreement to portal_gate;
grant insert on portal.campaign to portal_gate;
grant update (called_off_at, called_off_by) on portal.campaign to portal_gate;
grant update (items, purposes, contact_days, grace_days, inactive_days, daily_downloads, fair_screening, territory, effective_at, expires_at, template_version, group_id,
              company_name, company_name_latin, company_address, company_representative, company_corporate_number, company_country,
              operator_name, operator_address, operator_representative,
              signatory_name, signatory_title, signatory_email, signatory_authority,
              choices_approved_by, choices_approved_at, choices_approved_digest,
              sent_at, declined_at, declined_reason, withdrawn_at, company_signed_at, evidence, operator_signed_at, operator_signed_by, superseded_at, campaign_ends_at) on portal.agreement to portal_gate;

grant select on portal.agreement, portal.undertaking to portal_web;
create policy web_reads on portal.agreement for select to portal_web using (company_id = any (array(select gate.companies())));
create policy web_reads on portal.undertaking for select to portal_web
    using (account_id = (select gate.viewer_account())
           or (select gate.viewer_role()) = 'compliance'
           or agreement_id in (select agreement.id from portal.agreement where (select gate.viewer_role()) in ('account_manager', 'employer_admin')));
