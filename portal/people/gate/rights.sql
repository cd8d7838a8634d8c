grant insert on personal.statement to portal_gate;
grant update (withdrawn_at) on personal.consent to portal_gate;
