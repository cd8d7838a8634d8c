alter table portal.session drop column confined;
alter table portal.credential drop column told;
