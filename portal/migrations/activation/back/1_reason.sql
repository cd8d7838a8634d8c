alter table portal.company drop column activated_at, drop column activation_reason;
