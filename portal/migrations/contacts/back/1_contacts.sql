drop table portal.company_contact;
