alter table portal.session rename column must_change_password to confined;
alter table portal.credential rename column temporary to told;
