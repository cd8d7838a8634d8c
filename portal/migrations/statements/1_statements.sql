-- What a person said on paper or by telephone, and who of the operator wrote it down. What follows from it stands where the rule reads it.
create table personal.statement (
    id uuid primary key default gen_random_uuid(),
    candidate_id uuid not null references personal.candidate,
    kind text not null check (kind in ('consent', 'withdrawal', 'restriction', 'objection', 'correction')),
    company_id uuid references portal.company,
    channel text check (channel in ('paper', 'telephone')),
    note text not null check (note <> ''),
    recorded_by uuid not null references portal.account,
    recorded_at timestamptz not null default now()
);
create index on personal.statement (candidate_id, recorded_at desc, id desc);

-- A mail goes to an account, or to a person about whom something was recorded. To whom it goes is looked up when it is sent.
alter table portal.mail
    alter column account_id drop not null,
    add column candidate_id uuid references personal.candidate,
    add constraint to_one check (num_nonnulls(account_id, candidate_id) = 1);
create index on portal.mail (candidate_id) where candidate_id is not null;
insert into portal.mail_kind (code) values ('statement_recorded');
