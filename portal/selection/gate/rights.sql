grant insert on personal.outcome to portal_gate;
grant insert on personal.introduction to portal_gate;
grant update (stage, decided_at, moved_at, moved_by, last_activity_at, end_reminded_at, end_told_at) on personal.introduction to portal_gate;
grant insert on personal.introduction_withdrawal to portal_gate;
