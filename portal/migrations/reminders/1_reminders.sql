-- That an agreement's end was reminded of: once for each of the days before it. An end that is moved is another end.
create table portal.agreement_reminder (
    agreement_id uuid not null references portal.agreement,
    ends_at timestamptz not null,
    days smallint not null check (days in (60, 30, 7)),
    put_at timestamptz not null default now(),
    primary key (agreement_id, ends_at, days)
);
alter table portal.agreement_reminder enable row level security, force row level security;
create policy owner_all on portal.agreement_reminder to portal_owner using (true) with check (true);
insert into portal.mail_kind (code) values ('agreement_ends_60'), ('agreement_ends_30'), ('agreement_ends_7');
