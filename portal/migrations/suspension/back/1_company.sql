alter table portal.company drop column suspended_at, drop column suspension_reason;
