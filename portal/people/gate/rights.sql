grant insert on personal.statement, personal.evidence, personal.consent, personal.document_key to portal_gate;
grant update (withdrawn_at) on personal.consent to portal_gate;
grant update (name, email, telephone, nationality, date_of_birth, gender, address, background, qualifications, residence_status, japanese_level, sources) on personal.candidate_items to portal_gate;
grant update (replaced_at, shows_former) on personal.document to portal_gate;
