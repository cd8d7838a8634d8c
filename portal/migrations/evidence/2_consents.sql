-- What a person said stands as it was said. What it opens is reckoned from the notice by the database, and by nobody else
-- (portal/consent/gate). A statement from before this lacks its evidence and opens nothing.

drop index personal.consent_newest;
alter table personal.consent
    drop column explicit_items,
    drop column foreign_transfer_notice,
    add column channel text check (channel in ('page', 'paper', 'telephone', 'platform')),
    add column evidence text,
    add column open_items integer not null default 0,
    add column open_purposes integer not null default 0,
    add column explicit_items integer not null default 0,
    add column regimes integer not null default 0,
    add column told_country text,
    add column lacks text[] default '{notice_not_described,evidence_missing}';
alter table personal.consent alter column lacks drop default;
create index consent_newest on personal.consent (company_id, candidate_id, given_at desc, id desc)
    include (open_items, open_purposes, explicit_items, regimes, told_country, lacks, expires_at, withdrawn_at);
