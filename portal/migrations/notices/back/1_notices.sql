delete from portal.mail where kind in ('daily_digest', 'assigned');
delete from portal.mail_kind where code in ('daily_digest', 'assigned');
alter table portal.account drop column digest_at, drop column notices;
