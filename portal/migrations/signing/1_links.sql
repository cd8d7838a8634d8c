-- A link, the end of links and a mail can be about an agreement: then they are for whoever it names as signatory. Such a link is good
-- for the terms that it was made for, the signatory's address among them, and for no others.
insert into portal.link_kind (code, uses, lasts, stays, asks_code)
values ('signing', 'single', '14 days', '2 hours', true), ('signed_copy', 'many', '30 days', '1 hour', true);
insert into portal.mail_kind (code, carries) values ('signing', 'link'), ('signed_copy', 'link'), ('agreement_answered', 'nothing');

alter table portal.link
    alter column account_id drop not null,
    add column agreement_id uuid references portal.agreement,
    add column terms_digest bytea,
    add constraint somebodys check (num_nonnulls(account_id, agreement_id) = 1 and (agreement_id is null) = (terms_digest is null));
create index on portal.link (agreement_id, made_at) where agreement_id is not null;
alter table portal.link_withdrawal
    alter column account_id drop not null,
    add column agreement_id uuid references portal.agreement,
    add constraint somebodys check (num_nonnulls(account_id, agreement_id) = 1);
create index on portal.link_withdrawal (agreement_id, withdrawn_at) where agreement_id is not null;
alter table portal.mail
    drop constraint to_one,
    add column agreement_id uuid references portal.agreement,
    add constraint to_one check (num_nonnulls(account_id, candidate_id, agreement_id) = 1);
create index on portal.mail (agreement_id, written_at desc) where agreement_id is not null;

-- When this sign-in's browser entered a code for the link.
alter table portal.link_session add column code_entered_at timestamptz;
create index on portal.link_session (link_id, started_at) where awaits_code;
