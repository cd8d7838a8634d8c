alter table portal.company drop column screening_asked_at, drop column screening_reason;
