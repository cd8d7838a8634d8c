delete from personal.outcome using personal.outcome_undone as undone
where undone.introduction_id = outcome.introduction_id and undone.turn = outcome.turn;
drop table personal.outcome_undone;
drop index personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, last_activity_at);
alter table personal.introduction drop column undone_at;
drop index personal.outcome_first;
create unique index outcome_first on personal.outcome (introduction_id) include (id, recorded_at) where corrects is null;
alter table personal.outcome drop column turn, drop column stage_before;
