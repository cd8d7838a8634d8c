delete from portal.mail where kind in ('question_asked', 'question_answered');
delete from portal.mail_kind where code in ('question_asked', 'question_answered');
drop table personal.question;
drop index personal.consent_ends, personal.deletion_open, portal.alert_undecided;
