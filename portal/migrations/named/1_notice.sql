-- Codes of the items and purposes that a notice covers and its text does not name. The gate reckons them as soon as it stands.
alter table portal.notice add column leaves_out text[] not null default '{}';
