drop index personal.consent_newest;
alter table personal.consent
    drop column channel, drop column evidence, drop column open_items, drop column open_purposes,
    drop column explicit_items, drop column regimes, drop column told_country, drop column lacks,
    add column explicit_items integer not null default 0 check (explicit_items between 0 and 16383),
    add column foreign_transfer_notice boolean not null default false,
    add check (explicit_items & items = explicit_items);
create index consent_newest on personal.consent (company_id, candidate_id, given_at desc, id desc)
    include (items, explicit_items, purposes, foreign_transfer_notice, expires_at, withdrawn_at);
