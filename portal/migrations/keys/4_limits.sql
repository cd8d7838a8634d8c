-- What was said in other words than it was: a wrong password is no matter of a role.

insert into portal.reason (mask, code)
values (1 << 23, 'password_wrong'), (1 << 24, 'too_many_tries'), (1 << 25, 'account_not_active');

-- Limits that hold whoever writes: the pages' own are narrower. Costs are those that passwords.py may be set to.
alter table personal.outcome add check (length(note) <= 4000);
alter table portal.credential add check (time_cost between 1 and 16 and memory_kib between 8 and 1048576 and parallelism between 1 and 16);
