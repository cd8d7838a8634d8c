alter table portal.notice drop column leaves_out;
