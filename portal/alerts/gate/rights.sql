-- Rules and alerts are compliance's, through these functions alone.

grant update (threshold, active, owner_id, changed_at, looked_until) on portal.alert_rule to portal_gate;
grant insert on portal.alert to portal_gate;
grant update (owner_id, decision, note, decided_by, decided_at) on portal.alert to portal_gate;
