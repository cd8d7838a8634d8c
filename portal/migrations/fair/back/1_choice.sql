alter table portal.agreement drop column fair_screening;
alter table portal.opening drop column fair_screening;
