drop table portal.mail;
drop table portal.mail_kind;
