-- What the rule asks about each introduction of a page, and the capped count about a thousand of them, stands in the
-- indexes themselves; and what belongs to one company lies together in them. So a page costs the same however many
-- other companies there are.

drop index personal.introduction_company_id_introduced_at_id_idx;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage);

drop index personal.consent_candidate_id_company_id_given_at_id_idx, personal.consent_company_id_idx;
create index consent_newest on personal.consent (company_id, candidate_id, given_at desc, id desc)
    include (items, explicit_items, purposes, foreign_transfer_notice, expires_at, withdrawn_at);
create index consent_of_candidate on personal.consent (candidate_id);

create unique index candidate_standing on personal.candidate (id) include (regime, restricted_at, objected_at, erased_at);

drop index personal.outcome_first;
create unique index outcome_first on personal.outcome (introduction_id) include (id, recorded_at) where corrects is null;
