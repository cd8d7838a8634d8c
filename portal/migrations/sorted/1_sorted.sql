-- What a list can be sorted by besides when somebody was introduced: when a colleague last moved it, decided on it or took that back, and how
-- near to a decision it stands. What the rule reads of each row stands in each of the indexes, so that a walk reads no table.
alter table personal.introduction
    add column changed_at timestamptz not null generated always as (greatest(introduced_at, moved_at, decided_at, undone_at)) stored,
    add column stage_place smallint not null generated always as (
        case stage when 'offer' then 4 when 'interview' then 3 when 'screening' then 2 when 'introduced' then 1 else 0 end) stored;

drop index personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, undone_at, last_activity_at, changed_at, stage_place);
create index introduction_by_change on personal.introduction (company_id, changed_at desc, id desc)
    include (candidate_id, opening_id, code, stage, introduced_at, decided_at, undone_at, last_activity_at, stage_place);
create index introduction_by_stage on personal.introduction (company_id, stage_place desc, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, undone_at, last_activity_at, changed_at);
