alter table portal.opening drop column changed_at;
alter table portal.company drop column changed_at, drop column terminated_at, drop column termination_reason;
