alter table accesslog.checkpoint add column key text;  -- null: from before it was kept
