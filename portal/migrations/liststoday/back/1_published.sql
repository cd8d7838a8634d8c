alter table portal.group_list drop constraint published;
