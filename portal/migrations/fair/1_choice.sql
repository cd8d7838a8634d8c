-- Nobody has chosen it in what is there.
alter table portal.agreement add column fair_screening boolean not null default false;
alter table portal.opening add column fair_screening boolean not null default false;
