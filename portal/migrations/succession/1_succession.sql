-- Until a succession is recorded, what the company was stays beside what it is, and nothing is disclosed to it. None waits in what is there.
alter table portal.company
    add column identity_changed_at timestamptz,
    add column stood_as jsonb,
    add column succeeded_at timestamptz,
    add constraint changed_from_something check ((identity_changed_at is null) = (stood_as is null));
create table portal.succession (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    kind text not null check (kind in ('renamed', 'representative', 'moved', 'merged')),
    former jsonb not null,
    later jsonb not null,
    changed_at timestamptz not null,
    evidence text not null check (length(evidence) between 1 and 500),
    recorded_by uuid not null references portal.account,
    recorded_at timestamptz not null default clock_timestamp()
);
create index on portal.succession (company_id, recorded_at desc);
create index on portal.succession (recorded_by);
alter table portal.succession enable row level security, force row level security;
create policy owner_all on portal.succession to portal_owner using (true) with check (true);
insert into portal.mail_kind (code) values ('succession_waits'), ('succession_recorded');
