grant insert on personal.outcome to portal_gate;
grant insert on personal.introduction to portal_gate;
grant update (stage, decided_at) on personal.introduction to portal_gate;
