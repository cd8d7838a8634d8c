grant insert on personal.outcome_undone to portal_gate;
grant insert on personal.introduction to portal_gate;
grant update (stage, decided_at, undone_at, moved_at, moved_by, last_activity_at, reminded_at, end_reminded_at, end_told_at, assigned_to, assigned_capacity) on personal.introduction to portal_gate;
grant insert on personal.introduction_withdrawal to portal_gate;
grant update (duty_id, attested_at, attested_as) on personal.download to portal_gate;
