grant insert, delete, update (answer, answered_by, answered_at, seen_at) on personal.question to portal_gate;
