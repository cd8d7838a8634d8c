drop index accesslog.entry_hour;
delete from portal.mail where kind in ('review_assigned', 'certification_of_yours');
delete from portal.mail_kind where code in ('review_assigned', 'certification_of_yours');
alter table personal.provision drop column sources;
drop table personal.erasure_text, personal.erasure;
