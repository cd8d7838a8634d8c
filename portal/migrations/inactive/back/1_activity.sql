delete from portal.mail where kind in ('selection_ends_soon', 'selection_ended', 'position_closed');
delete from portal.mail_kind where code in ('selection_ends_soon', 'selection_ended', 'position_closed');
alter table personal.introduction drop column end_told_at, drop column end_reminded_at, drop column last_activity_at;
alter table portal.agreement drop column inactive_days;
