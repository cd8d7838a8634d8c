delete from portal.company_screening where decided_by is null;
alter table portal.company_screening alter column decided_by set not null;
