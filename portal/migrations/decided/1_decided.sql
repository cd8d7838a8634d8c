-- When the first outcome of an introduction was recorded: the rule asks it of every introduction of a list. The gate's trigger keeps it.
alter table personal.introduction add column decided_at timestamptz;
update personal.introduction set decided_at = outcome.recorded_at
from personal.outcome where outcome.introduction_id = introduction.id and outcome.corrects is null;

drop index personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at);
