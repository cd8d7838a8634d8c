drop table portal.former_email;
