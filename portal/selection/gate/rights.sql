grant insert on personal.outcome, personal.outcome_undone to portal_gate;
grant insert on personal.introduction to portal_gate;
grant update (stage, decided_at, undone_at, moved_at, moved_by, last_activity_at, end_reminded_at, end_told_at, assigned_to, assigned_capacity) on personal.introduction to portal_gate;
grant insert on personal.introduction_withdrawal to portal_gate;
grant insert, update (duty_id, attested_at, attested_as) on personal.download to portal_gate;
grant insert, update (answered_at, answered_by, granted) on personal.download_leave to portal_gate;
grant insert, update (attested_at, attested_by, attested_as) on personal.deletion_duty to portal_gate;
grant insert, update (answered_at, answered_by, granted) on personal.reopening to portal_gate;
grant insert on personal.note, personal.note_mention to portal_gate;
