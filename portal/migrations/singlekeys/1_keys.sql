-- Single keys can be switched off by each account for itself (WCAG 2.1.4).
alter table portal.account add column keys boolean not null default true;
