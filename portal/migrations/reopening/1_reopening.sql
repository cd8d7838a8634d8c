-- A decision that somebody of the company asks to have reopened, and what whoever looks after the company answered. One that is granted undoes the
-- decision by a further row, as taking it back does.
alter table personal.outcome_undone drop constraint outcome_undone_how_check, add check (how in ('taken_back', 'reopened'));
create table personal.reopening (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null references personal.introduction,
    turn smallint not null,
    reason text not null check (reason in ('recorded_by_mistake', 'position_open_again', 'person_asked')),
    asked_at timestamptz not null default now(),
    asked_by uuid not null references portal.account,
    answered_at timestamptz,
    answered_by uuid references portal.account,
    granted boolean,
    check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (granted is null))
);
create unique index reopening_waiting on personal.reopening (introduction_id) where answered_at is null;
create index on personal.reopening (introduction_id, turn);
alter table personal.reopening enable row level security, force row level security;
create policy owner_all on personal.reopening to portal_owner using (true) with check (true);
insert into portal.mail_kind (code) values ('reopening_asked_for'), ('reopening_answered'), ('selection_reopened');
