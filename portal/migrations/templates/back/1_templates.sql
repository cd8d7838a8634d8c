alter table portal.agreement
    drop column choices_approved_by, drop column choices_approved_at, drop column choices_approved_digest,
    drop constraint agreement_template_version_fkey;
drop index portal.agreement_template_version_idx;
drop table portal.agreement_template;
