delete from portal.mail where kind in ('decision_overdue', 'undecided_told');
delete from portal.mail_kind where code in ('decision_overdue', 'undecided_told');
drop index personal.introduction_quiet;
alter table personal.introduction drop column reminded_at;
