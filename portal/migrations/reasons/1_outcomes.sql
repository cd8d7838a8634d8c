-- "withdrawn" is what the candidate does. That nobody replied, or that the position was closed, is why the company hired
-- nobody. Outcomes that people recorded with them as they were stay as recorded, and no further one is taken.
alter table portal.outcome_reason add column offered boolean not null default true;
update portal.outcome_reason set offered = false where result = 'withdrawn' and code in ('no_reply', 'opening_closed');
update portal.outcome_reason set place = place + 2 where result = 'withdrawn';
insert into portal.outcome_reason (place, result, code) values (9, 'not_hired', 'no_reply'), (10, 'not_hired', 'opening_closed');
alter table personal.outcome add constraint withdrawn_by_the_candidate
    check (result <> 'withdrawn' or reason not in ('no_reply', 'opening_closed')) not valid;
