grant update (withdrawn_at) on personal.consent to portal_gate;
