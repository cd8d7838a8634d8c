delete from portal.mail where kind = 'person_added';
delete from portal.mail_kind where code = 'person_added';
drop table portal.halt;
