grant insert on personal.statement, personal.evidence, personal.consent, personal.document_key to portal_gate;
grant update (withdrawn_at) on personal.consent to portal_gate;
