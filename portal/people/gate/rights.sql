grant insert on personal.statement, personal.evidence, personal.consent, personal.document_key to portal_gate;
grant update (withdrawn_at) on personal.consent to portal_gate;
grant update (name, email, telephone, nationality, date_of_birth, gender, sources) on personal.candidate_items to portal_gate;
