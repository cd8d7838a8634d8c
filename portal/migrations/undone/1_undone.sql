-- A decision is the first outcome of its "turn" and what corrects it. One that was undone stays, and a later decision is a further turn.
alter table personal.outcome
    add column turn smallint not null default 1 check (turn > 0),
    add column stage_before text check (stage_before in ('introduced', 'screening', 'interview', 'offer'));
drop index personal.outcome_first;
create unique index outcome_first on personal.outcome (introduction_id, turn) include (id, recorded_at) where corrects is null;

create table personal.outcome_undone (
    introduction_id uuid not null references personal.introduction,
    turn smallint not null,
    undone_at timestamptz not null,
    undone_by uuid references portal.account,
    how text not null check (how in ('taken_back')),
    primary key (introduction_id, turn)
);
alter table personal.outcome_undone enable row level security, force row level security;
create policy owner_all on personal.outcome_undone to portal_owner using (true) with check (true);

-- When the newest decision was undone. The rule asks it of every introduction of a list, so it stands in the list's own index.
alter table personal.introduction add column undone_at timestamptz;
drop index personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, undone_at, last_activity_at);
