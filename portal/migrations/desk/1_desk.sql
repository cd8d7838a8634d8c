-- Reviews of what a company did in a month: its entries, all of them or a sample, who looks at each and what they say, and a second one who
-- signs off.
create table portal.log_review (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    month date not null check (extract(day from month) = 1),
    kind text not null check (kind in ('sampled', 'complete')),
    assigned_to uuid not null references portal.account,
    started_by uuid not null references portal.account,
    started_at timestamptz not null default now(),
    in_all integer not null,
    conclusion text check (length(conclusion) between 1 and 2000),
    concluded_by uuid references portal.account,
    concluded_at timestamptz,
    signed_off_by uuid references portal.account,
    signed_off_at timestamptz,
    unique (company_id, month),
    check ((concluded_by is null) = (concluded_at is null) and (concluded_by is null) = (conclusion is null)),
    check ((signed_off_by is null) = (signed_off_at is null) and (signed_off_by is null or concluded_by is not null and signed_off_by <> concluded_by))
);
create index on portal.log_review (assigned_to);
create index on portal.log_review (started_by);
create index on portal.log_review (concluded_by);
create index on portal.log_review (signed_off_by);
create table portal.log_review_entry (
    review_id uuid not null references portal.log_review,
    place integer not null,
    entry_id uuid not null,
    recorded_at timestamptz not null,
    verdict text check (verdict in ('as_expected', 'to_be_asked', 'breach')),
    note text check (length(note) between 1 and 500),
    judged_by uuid references portal.account,
    judged_at timestamptz,
    primary key (review_id, place),
    unique (review_id, entry_id),
    check ((verdict is null) = (judged_by is null) and (verdict is null) = (judged_at is null))
);
create index on portal.log_review_entry (judged_by);

-- Certification: each quarter a company's administrators say which of its accounts are still needed.
create table portal.certification (
    id uuid primary key default gen_random_uuid(),
    company_id uuid not null references portal.company,
    quarter date not null,
    opened_at timestamptz not null,
    due_at timestamptz not null,
    reminded smallint not null default 0,
    closed_at timestamptz,
    unique (company_id, quarter)
);
create table portal.certified_account (
    certification_id uuid not null references portal.certification,
    account_id uuid not null references portal.account,
    needed boolean,
    said_by uuid references portal.account,
    said_at timestamptz,
    suspended_at timestamptz,
    primary key (certification_id, account_id),
    check ((needed is null) = (said_by is null) and (needed is null) = (said_at is null))
);
create index on portal.certified_account (account_id);
create index on portal.certified_account (said_by);
do $$
declare
    made text;
begin
    foreach made in array array['log_review', 'log_review_entry', 'certification', 'certified_account'] loop
        execute format('alter table portal.%I enable row level security, force row level security', made);
        execute format('create policy owner_all on portal.%I to portal_owner using (true) with check (true)', made);
    end loop;
end
$$;
insert into portal.mail_kind (code) values ('certification_asked'), ('certification_reminder'), ('certification_over');
