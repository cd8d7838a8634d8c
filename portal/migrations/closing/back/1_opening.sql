alter table portal.opening drop constraint closed_when, drop column closed_at;
