alter table personal.introduction drop column moved_at, drop column moved_by;
