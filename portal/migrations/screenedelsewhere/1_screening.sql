-- What compliance said before there was a portal comes by import, and nobody here decided it.
alter table portal.company_screening alter column decided_by drop not null;
