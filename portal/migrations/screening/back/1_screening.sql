drop table portal.company_screening;
