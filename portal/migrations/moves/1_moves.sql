-- When an introduction was last moved, and by whom: null before the first move, and of an import nobody.
alter table personal.introduction add column moved_at timestamptz, add column moved_by uuid references portal.account;
