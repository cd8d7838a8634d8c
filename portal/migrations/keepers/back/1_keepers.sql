alter table portal.account drop column suspended_by_company;
alter table portal.link drop column capacity;
