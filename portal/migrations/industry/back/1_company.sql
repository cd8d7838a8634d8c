alter table portal.company drop column industry;
