-- Why an outcome was what it was: a closed list, so that no protected ground can be written down as a reason, by
-- whichever way it arrives. None of these is, or stands for, one of the fourteen items of fair hiring, sex, age or
-- nationality (S39). That a status of residence does not permit the work is a fact about the work, asked under the
-- Immigration Act.

create table portal.outcome_reason (
    result text not null check (result in ('hired', 'not_hired', 'withdrawn')),
    code text not null,
    place smallint not null,
    primary key (result, code)
);
insert into portal.outcome_reason (place, result, code)
select row_number() over (), result, code
from (values
    ('hired', 'offer_accepted'),
    ('not_hired', 'skills_not_matching'),
    ('not_hired', 'japanese_level_for_work'),
    ('not_hired', 'qualification_missing'),
    ('not_hired', 'work_not_permitted'),
    ('not_hired', 'conditions_not_agreed'),
    ('not_hired', 'start_date_not_agreed'),
    ('not_hired', 'position_filled'),
    ('withdrawn', 'candidate_declined'),
    ('withdrawn', 'accepted_elsewhere'),
    ('withdrawn', 'no_reply'),
    ('withdrawn', 'opening_closed')
) as listed (result, code);

alter table personal.outcome add foreign key (result, reason) references portal.outcome_reason (result, code);
