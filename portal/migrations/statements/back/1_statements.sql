delete from portal.mail where candidate_id is not null;
delete from portal.mail_kind where code = 'statement_recorded';
alter table portal.mail drop column candidate_id, alter column account_id set not null;
drop table personal.statement;
