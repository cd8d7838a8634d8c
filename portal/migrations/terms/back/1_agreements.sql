alter table portal.agreement
    drop column company_name, drop column company_name_latin, drop column company_address, drop column company_representative,
    drop column company_corporate_number, drop column company_country,
    drop column operator_name, drop column operator_address, drop column operator_representative,
    drop column signatory_title, drop column signatory_email, drop column signatory_authority,
    drop column template_version, drop column territory, drop column passages, drop column evidence,
    drop column drafted_at, drop column drafted_by, drop column sent_at, drop column declined_at, drop column declined_reason,
    drop column withdrawn_at, drop column operator_signed_by, drop column terms_digest, drop column lacks,
    alter column grace_days set default 14;
