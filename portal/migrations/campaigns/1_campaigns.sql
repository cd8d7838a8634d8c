-- That companies are asked to sign a version of the template by a moment. At that moment the agreements before it end, unless it was called off.
create table portal.campaign (
    id uuid primary key default gen_random_uuid(),
    template_version integer not null references portal.agreement_template (version),
    reason text not null check (btrim(reason) <> ''),
    started_at timestamptz not null default now(),
    started_by uuid references portal.account,
    ends_at timestamptz not null,
    called_off_at timestamptz,
    called_off_by uuid references portal.account,
    check (ends_at > started_at),
    check (called_off_at < ends_at)
);
create unique index on portal.campaign (template_version) where called_off_at is null;
alter table portal.campaign enable row level security, force row level security;
create policy owner_all on portal.campaign to portal_owner using (true) with check (true);

-- Reckoned by the row's trigger, as what it lacks is (agreements/gate/campaigns.sql).
alter table portal.agreement add column campaign_ends_at timestamptz;
insert into portal.mail_kind (code) values ('new_version_due_60'), ('new_version_due_30'), ('new_version_due_7');
