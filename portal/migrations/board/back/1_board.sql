alter table portal.company drop column name_folded;
