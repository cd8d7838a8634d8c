-- By what a position's candidates are judged: codes of gate.criteria_codes(), in its order. A change is a further version, so that a scorecard
-- keeps the criteria by which it was filled in.
create table portal.criteria (
    id uuid primary key default gen_random_uuid(),
    opening_id uuid not null references portal.opening,
    company_id uuid not null references portal.company,
    version integer not null check (version > 0),
    codes text[] not null check (cardinality(codes) > 0),
    set_by uuid not null references portal.account,
    set_at timestamptz not null default clock_timestamp(),
    unique (opening_id, version)
);
create index on portal.criteria (company_id);
alter table portal.criteria enable row level security, force row level security;
create policy owner_all on portal.criteria to portal_owner using (true) with check (true);

-- What one of a company's people makes of a candidate: the person's data, read through the gate alone, and gone with the introduction. A rating
-- for each criterion, in their order: 0 for not judged, then 1 to 4. One that corrects another is a further row; each writer has one first row.
create table personal.scorecard (
    id uuid primary key default gen_random_uuid(),
    introduction_id uuid not null references personal.introduction on delete cascade,
    criteria_id uuid not null references portal.criteria,
    written_by uuid not null references portal.account,
    ratings smallint[] not null check (ratings <@ '{0,1,2,3,4}'::smallint[] and ratings && '{1,2,3,4}'::smallint[]),
    recommendation text not null check (recommendation in ('strongly', 'recommended', 'rather_not', 'not_recommended')),
    note text check (length(note) between 1 and 1000),
    corrects uuid unique references personal.scorecard on delete cascade,
    written_at timestamptz not null default clock_timestamp()
);
create index on personal.scorecard (introduction_id, written_by);
create unique index on personal.scorecard (introduction_id, written_by) where corrects is null;
create index on personal.scorecard (criteria_id);
alter table personal.scorecard enable row level security, force row level security;
create policy owner_all on personal.scorecard to portal_owner using (true) with check (true);
