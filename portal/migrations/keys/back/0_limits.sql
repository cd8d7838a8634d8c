alter table portal.credential drop constraint credential_check;
alter table personal.outcome drop constraint outcome_note_check;
delete from portal.reason where code in ('password_wrong', 'too_many_tries', 'account_not_active');
