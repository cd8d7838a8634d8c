delete from portal.mail where kind in ('reopening_asked_for', 'reopening_answered', 'selection_reopened');
delete from portal.mail_kind where code in ('reopening_asked_for', 'reopening_answered', 'selection_reopened');
drop table personal.reopening;
alter table personal.outcome_undone drop constraint outcome_undone_how_check, add check (how in ('taken_back'));
