-- Who withdrew since somebody's last visit is asked each time that they arrive, of companies with tens of thousands of statements too.
create index consent_withdrawn on personal.consent (company_id, withdrawn_at) include (candidate_id) where withdrawn_at is not null;
