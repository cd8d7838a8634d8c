-- The most days that a consent under the notice can last, when its text names them.
alter table portal.notice add column most_days integer check (most_days is null or most_days between 1 and 3660 and promises_expiry is true);
