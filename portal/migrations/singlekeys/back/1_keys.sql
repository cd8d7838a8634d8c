alter table portal.account drop column keys;
