-- When something was last done in a selection: introduced, looked at, brought to another stage, or contact shown. What is done after the
-- selection ended is not noted: nothing opens again by itself, and what stood at an earlier time is reckoned rightly later.

-- A look of an employer's, at most once an hour for each introduction. It waits for nobody: who holds the row is doing something.
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

-- A mail to the recruiters of some companies and to those who look after them, but not to whoever did what it tells of.
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

-- Every hour: whose selection ends within a week because nothing is done, and whose has ended by that. Each is told once, and its end
-- has an entry. A company and its account manager get one mail of a kind a day. How many introductions it was about.
-- for: portal_worker
create function gate.tell_of_inactivity() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
    limited uuid[] := array(select agreement.company_id from portal.agreement
                            where agreement.inactive_days is not null and gate.in_force(agreement, now()));
    reminded uuid[] := array(select company_id from personal.introduction
                             where company_id = any (limited) and end_reminded_at > now() - interval '20 hours');
    told uuid[] := array(select company_id from personal.introduction
                         where company_id = any (limited) and end_told_at > now() - interval '20 hours');
    ends uuid[] := '{}';
    ended uuid[] := '{}';
    found record;
begin
    nobody.role := 'operator_program';
    for found in
        select standing.*, standing.inactive_at <= now() as over
        from gate.standing join personal.introduction as introduction on introduction.id = standing.introduction_id
        where standing.company_id = any (limited)
          and (standing.selection_reasons = @introduction_inactive and coalesce(introduction.end_told_at < introduction.last_activity_at, true)
                   and standing.company_id <> all (told)
               or standing.selection_reasons = 0 and coalesce(introduction.end_reminded_at < introduction.last_activity_at, true)
                   and standing.company_id <> all (reminded)
                   and now() >= greatest(standing.inactive_at - interval '7 days',
                                         introduction.last_activity_at + (standing.inactive_at - introduction.last_activity_at) / 2))
        for no key update of introduction skip locked
    loop
        if found.over then
            update personal.introduction set end_told_at = now() where id = found.introduction_id;
            perform gate.record(@'selection_lapsed', nobody, introduction => found.introduction_id, company => found.company_id,
                                purpose => @selection, consent => found.consent_id, agreement => found.agreement_id,
                                candidate => found.candidate_id);
            ended := ended || found.company_id;
        else
            update personal.introduction set end_reminded_at = now() where id = found.introduction_id;
            ends := ends || found.company_id;
        end if;
    end loop;
    perform gate.tell_both('selection_ends_soon', ends);
    perform gate.tell_both('selection_ended', ended);
    return cardinality(ends) + cardinality(ended);
end
$$;
