-- The list published for people in California has no age, gender or status of residence (S41). Laws are ordered by how little
-- they admit, so that it can be said which change of a person's law opens something.

alter table portal.regime add column strictness integer;
update portal.regime set strictness = case code when 'general' then 0 when 'california' then 1 when 'eea' then 2 end;
alter table portal.regime alter column strictness set not null;
update portal.regime set items = items & ~(select sum(mask) from portal.item where code in ('age', 'gender', 'residence_status'))
where code = 'california';

-- What a person's statements of before a loosening rest on: the law of then, and nothing where a restriction was lifted.
alter table personal.candidate
    add column former_regime text references portal.regime,
    add column loosened_at timestamptz,
    add column lifted_at timestamptz,
    add constraint loosened check ((former_regime is null) = (loosened_at is null));
drop index personal.candidate_standing;
create unique index candidate_standing on personal.candidate (id)
    include (regime, restricted_at, objected_at, erased_at, former_regime, loosened_at, lifted_at);

-- Why a person's law was loosened, by whom, and where the proof is.
create table personal.law_change (
    id uuid primary key default gen_random_uuid(),
    candidate_id uuid not null references personal.candidate,
    what text not null check (what in ('regime', 'restriction', 'objection')),
    former text,
    now_is text,
    reason text not null check (reason <> ''),
    evidence text not null check (evidence <> ''),
    changed_by uuid not null references portal.account,
    changed_at timestamptz not null default now(),
    transaction xid8 not null default pg_current_xact_id()
);
create index on personal.law_change (candidate_id, transaction);
