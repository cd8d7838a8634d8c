delete from portal.mail where kind = 'downloads_asked_for';
delete from portal.mail_kind where code = 'downloads_asked_for';
drop table personal.download_leave;
alter table personal.download drop column account_id, drop column kind, drop column saved, drop column attested_at, drop column attested_as;
alter table portal.agreement drop column daily_downloads;
