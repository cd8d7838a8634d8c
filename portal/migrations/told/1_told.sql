-- A password that somebody else was told, such as a first one, is good for choosing another and for nothing else.
alter table portal.credential add column told boolean not null default false;
alter table portal.session add column confined boolean not null default false;
