alter table portal.account drop column resume_tab;
