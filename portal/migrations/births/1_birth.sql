-- A date can lie at infinity or in the year 5874897, which no page can show and no age follows from. Nobody was born then.
update personal.candidate_items set date_of_birth = null where date_of_birth not between '1868-01-01' and '2200-12-31';
alter table personal.candidate_items add constraint born check (date_of_birth between '1868-01-01' and '2200-12-31');
