delete from portal.mail where kind in ('succession_waits', 'succession_recorded');
delete from portal.mail_kind where code in ('succession_waits', 'succession_recorded');
drop table portal.succession;
alter table portal.company drop column succeeded_at, drop column stood_as, drop column identity_changed_at;
