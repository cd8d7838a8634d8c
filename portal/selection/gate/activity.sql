-- When something was last done in a selection: introduced, looked at, brought to another stage, or contact shown. What is done after the
-- selection ended is not noted: nothing opens again by itself, and what stood at an earlier time is reckoned rightly later.

-- A view of an employer's, at most once an hour for each introduction. It waits for nobody: who holds the row is doing something.
create function gate.note_look(viewer gate.viewer_row, asked uuid[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update personal.introduction as touched set last_activity_at = now()
    where touched.id in (
        select seen.id from personal.introduction as seen
        where seen.id = any (asked) and seen.last_activity_at < now() - interval '1 hour'
          and (select judge.selection_items <> 0 from gate.judge(viewer, now()) as judge where judge.introduction_id = seen.id)
        for no key update of seen skip locked)
$$;

create function gate.note_stage() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from gate.standing where standing.introduction_id = new.id and standing.selection_reasons & @introduction_inactive = 0) then
        new.last_activity_at := now();
    end if;
    return new;
end
$$;
create trigger stage_noted before update of stage on personal.introduction for each row
    when (old.stage is distinct from new.stage and new.stage <> 'decided') execute function gate.note_stage();

-- A mail to the recruiters of some companies and to those who look after them, but not to whoever did what it tells of. What has ended is told
-- whatever somebody chose to be told of.
create function gate.tell_both(kind text, companies uuid[]) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select gate.put_mail(tell_both.kind, account.id)
    from portal.account
    where account.status = 'active' and account.id is distinct from (select viewer.account_id from gate.viewer() as viewer)
      and (account.role = 'recruiter' and account.company_id = any (companies)
           or account.id in (select company.account_manager_id from portal.company where company.id = any (companies)))
      and not exists (select from portal.mail where mail.account_id = account.id and mail.kind = tell_both.kind and mail.state = 'waiting')
$$;

-- A position that is closed, by whatever closes it, ends the selections that have no outcome yet.
create function gate.tell_of_closing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from personal.introduction where introduction.opening_id = new.id
               and (introduction.decided_at is null or introduction.undone_at is not null)) then
        perform gate.tell_both('position_closed', array[new.company_id]);
    end if;
    return null;
end
$$;
create trigger closing_told after update of status on portal.opening for each row
    when (old.status <> 'closed' and new.status = 'closed') execute function gate.tell_of_closing();
