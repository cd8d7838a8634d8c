-- When a position was closed is noted by whatever closes it: a page, an import or a program.

create function gate.keep_closing() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.closed_at := case when new.status = 'closed' then coalesce(new.closed_at, now()) end;
    return new;
end
$$;
create trigger closing before insert or update of status on portal.opening for each row execute function gate.keep_closing();
