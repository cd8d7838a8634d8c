-- An introduction that was taken back. A row of its own, so that no open transaction which holds the introduction delays it.
create table personal.introduction_withdrawal (
    introduction_id uuid primary key references personal.introduction,
    reason text not null check (reason in ('by_mistake', 'person_asked', 'company_asked', 'position_changed', 'record_wrong', 'legal_duty')),
    withdrawn_at timestamptz not null default now(),
    withdrawn_by uuid references portal.account
);
alter table personal.introduction_withdrawal enable row level security, force row level security;
create policy owner_all on personal.introduction_withdrawal to portal_owner using (true) with check (true);

-- To the company's recruiters, when one that they could open is taken back.
insert into portal.mail_kind (code) values ('introduction_withdrawn');
