alter table portal.credential rename column told to temporary;
alter table portal.session rename column confined to must_change_password;
