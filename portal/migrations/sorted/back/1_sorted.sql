drop index personal.introduction_by_stage, personal.introduction_by_change, personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, undone_at, last_activity_at);
alter table personal.introduction drop column stage_place, drop column changed_at;
