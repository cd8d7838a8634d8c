-- A rule by which the log is watched: one of each kind, with its threshold (portal/alerts/kinds.py says what it counts). "looked_until"
-- is how far the worker came.
create table portal.alert_rule (
    id uuid primary key default gen_random_uuid(),
    kind text not null unique,
    place integer not null,
    threshold integer not null check (threshold > 0),
    active boolean not null default false,
    owner_id uuid references portal.account,
    changed_at timestamptz not null default now(),
    looked_until timestamptz
);
insert into portal.alert_rule (kind, place, threshold) values
    ('many_candidates', 1, 40), ('whole_list', 2, 80), ('downloads_above_habit', 3, 5), ('off_hours', 4, 10), ('new_network', 5, 90),
    ('two_places', 6, 30), ('refusals_in_row', 7, 10), ('after_closing', 8, 5), ('staff_without_case', 9, 24);

-- What a rule found about an account: once for each day, in Japanese time.
create table portal.alert (
    id uuid primary key default gen_random_uuid(),
    kind text not null,
    threshold integer not null,
    account_id uuid not null references portal.account,
    company_id uuid references portal.company,
    day date not null,
    noticed_at timestamptz not null,
    measured integer not null,
    raised_at timestamptz not null default now(),
    owner_id uuid references portal.account,
    decision text check (decision in ('harmless', 'explained', 'warned', 'suspended', 'breach')),
    note text check (length(note) between 1 and 2000),
    decided_by uuid references portal.account,
    decided_at timestamptz,
    unique (kind, account_id, day),
    check ((decision is null) = (decided_at is null))
);
create index on portal.alert (raised_at desc);

insert into portal.mail_kind (code) values ('alert');
