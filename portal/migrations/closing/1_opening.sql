-- A closed position ends its selections. When the older ones were closed nobody noted: as of now.
alter table portal.opening add column closed_at timestamptz;
update portal.opening set closed_at = now() where status = 'closed';
alter table portal.opening add constraint closed_when check ((status = 'closed') = (closed_at is not null));
