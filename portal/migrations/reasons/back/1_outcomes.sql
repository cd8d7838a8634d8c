alter table personal.outcome drop constraint withdrawn_by_the_candidate;
-- What was recorded under a reason that the version before does not have stays with one it has.
update personal.outcome set result = 'withdrawn' where result = 'not_hired' and reason in ('no_reply', 'opening_closed');
delete from portal.outcome_reason where result = 'not_hired' and code in ('no_reply', 'opening_closed');
update portal.outcome_reason set place = place - 2 where result = 'withdrawn';
alter table portal.outcome_reason drop column offered;
