drop table personal.evidence;
alter table personal.statement drop column consent_id;
