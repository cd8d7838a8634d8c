drop table portal.alert;
drop table portal.alert_rule;
delete from portal.mail where kind = 'alert';
delete from portal.mail_kind where code = 'alert';
