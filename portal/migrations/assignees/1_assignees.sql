-- To whom of the company's people an introduction is assigned, and in which capacity of theirs: in another one it does not count.
alter table personal.introduction add column assigned_to uuid references portal.account, add column assigned_capacity integer;
create index introduction_assigned on personal.introduction (assigned_to) where assigned_to is not null;
