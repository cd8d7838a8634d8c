delete from portal.mail where kind in ('new_version_due_60', 'new_version_due_30', 'new_version_due_7');
delete from portal.mail_kind where code in ('new_version_due_60', 'new_version_due_30', 'new_version_due_7');
alter table portal.agreement drop column campaign_ends_at;
drop table portal.campaign;
