-- The words that a fact of an entry can be; filled whenever the gate is built.
alter table accesslog.fact add column words text[] not null default '{}';
