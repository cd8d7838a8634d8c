grant insert, update (conclusion, concluded_by, concluded_at, signed_off_by, signed_off_at) on portal.log_review to portal_gate;
grant insert, update (verdict, note, judged_by, judged_at) on portal.log_review_entry to portal_gate;
grant insert, update (reminded, closed_at, due_at) on portal.certification to portal_gate;
grant insert, update (needed, said_by, said_at, suspended_at) on portal.certified_account to portal_gate;
