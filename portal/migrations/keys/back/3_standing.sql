drop index personal.outcome_first;
create unique index outcome_first on personal.outcome (introduction_id) where corrects is null;
drop index personal.candidate_standing, personal.consent_newest, personal.consent_of_candidate, personal.introduction_of_company;
create index on personal.consent (candidate_id, company_id, given_at desc, id desc);
create index on personal.consent (company_id);
create index on personal.introduction (company_id, introduced_at desc, id desc);
