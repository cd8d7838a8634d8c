-- What the worker does later. Put in by functions of the gate alone, with the decision: undone with it, too.

-- A job that waits, or is being done, is not put in twice.
create function gate.put_job(task text, about uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into jobs.pgqueuer (priority, status, entrypoint, dedupe_key, payload)
    values (0, 'queued', task, task || ':' || about, convert_to(about::text, 'UTF8'))
    on conflict (dedupe_key) where status in ('queued', 'picked') and dedupe_key is not null do nothing
$$;
