grant insert, update (answered_at, answered_by, granted) on personal.download_leave to portal_gate;

-- More files in a day than the limit (disclosure/gate/limits.sql): whoever needs them says why, and beyond twice as many another
-- administrator of the company answers. And what each person took, and has to delete.

-- What the viewer may still save today; nothing where there is no limit. `own`: an administrator of the company set it below the agreement's.
-- for: portal_web
create function gate.own_limit() returns table (daily integer, own boolean, saved integer, most integer, reasoned boolean, waiting boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select limits.daily, limits.daily is distinct from agreement.daily_downloads, gate.saved_today(viewer.account_id), gate.may_save_today(viewer),
           exists (select from personal.download_leave as leave where leave.account_id = viewer.account_id
                     and leave.day = gate.day_of(now()) and not leave.needs_approval),
           exists (select from personal.download_leave as leave where leave.account_id = viewer.account_id
                     and leave.day = gate.day_of(now()) and leave.needs_approval and leave.answered_at is null)
    from gate.viewer() as viewer join portal.agreement on agreement.id = viewer.agreement_id
    cross join lateral (select gate.daily_downloads(agreement.id, viewer.company_id, viewer.account_id, clock_timestamp()) as daily) as limits
    where viewer.session_id is not null and viewer.role in ('recruiter', 'employer_admin') and limits.daily is not null
$$;

-- "given": the day's first reason, which counts at once. "asked": an administrator has to answer it. "waiting": one waits already.
-- "no_limit": there is none. "nothing": an administrator lets the viewer save nothing, and more of nothing is nothing. Null: it is not for this viewer.
-- for: portal_web
create function gate.ask_for_downloads(reason text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_search(viewer);
    today date := gate.day_of(now());
    answer text;
begin
    if refusal is null then
        perform pg_advisory_xact_lock(hashtextextended('personal.download ' || viewer.account_id, 0));
        answer := case
            when gate.may_save_today(viewer) is null then 'no_limit'
            when gate.may_save_today(viewer) = 0 then 'nothing'
            when exists (select from personal.download_leave as leave where leave.account_id = viewer.account_id and leave.day = today
                           and leave.needs_approval and leave.answered_at is null) then 'waiting'
            when exists (select from personal.download_leave as leave where leave.account_id = viewer.account_id and leave.day = today) then 'asked'
            else 'given' end;
        refusal := case when answer in ('no_limit', 'nothing', 'waiting') then @'nothing_to_change' end;
    end if;
    perform gate.record(@'downloads_asked_for', viewer, refusal, purpose => @selection, agreement => viewer.agreement_id,
                        facts => case when refusal is null then jsonb_build_object('approval', answer = 'asked', 'files', gate.saved_today(viewer.account_id)) end);
    if answer in ('given', 'asked') then
        insert into personal.download_leave (account_id, company_id, day, reason, needs_approval)
        values (viewer.account_id, viewer.company_id, today, btrim(ask_for_downloads.reason), answer = 'asked');
    end if;
    if answer = 'asked' then
        perform gate.put_mail('downloads_asked_for', account.id)
        from portal.account
        where account.company_id = viewer.company_id and account.role = 'employer_admin' and account.status = 'active' and account.id <> viewer.account_id
          and not exists (select from portal.mail where mail.account_id = account.id and mail.kind = 'downloads_asked_for' and mail.state = 'waiting');
    end if;
    return answer;
end
$$;

-- What colleagues asked for today, for the company's administrators: those that wait first.
-- for: portal_web
create function gate.asked_downloads()
returns table (id uuid, name text, mine boolean, reason text, asked_at timestamptz, saved integer, answered_at timestamptz, answered_by text, granted boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select leave.id, account.display_name, account.id = viewer.account_id, leave.reason, leave.asked_at, gate.saved_today(account.id),
           leave.answered_at, answerer.display_name, leave.granted
    from gate.viewer() as viewer
    join personal.download_leave as leave on leave.company_id = viewer.company_id
    join portal.account on account.id = leave.account_id
    left join portal.account as answerer on answerer.id = leave.answered_by
    where viewer.session_id is not null and viewer.role = 'employer_admin' and leave.needs_approval
      and leave.day = gate.day_of(now())
    order by leave.answered_at desc nulls first, leave.asked_at
$$;

-- "granted" or "declined"; "own" for whoever asked; "over" when it was answered or its day is over. Null: it is not for this viewer.
-- for: portal_web
create function gate.answer_download(asked uuid, yes boolean) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'employer_admin');
    leave personal.download_leave;
begin
    if refusal is null then
        refusal := gate.refused_search(viewer);
    end if;
    if refusal is null then
        select found.* into leave from personal.download_leave as found where found.id = asked and found.company_id = viewer.company_id and found.needs_approval for no key update;
        refusal := case
            when leave.id is null then @'no_such_record'
            when leave.account_id = viewer.account_id then @'own_act'
            when leave.answered_at is not null or leave.day <> gate.day_of(now()) then @'nothing_to_change'
        end;
    end if;
    perform gate.record(@'downloads_answered', viewer, refusal, purpose => @selection, agreement => viewer.agreement_id,
                        facts => jsonb_build_object('asker', leave.account_id, 'granted', case when refusal is null then coalesce(yes, false) end));
    if refusal is null then
        update personal.download_leave set answered_at = now(), answered_by = viewer.account_id, granted = coalesce(yes, false) where id = leave.id;
    end if;
    return case when refusal is null and yes then 'granted' when refusal is null then 'declined'
                when refusal = @'own_act' then 'own' when refusal = @'nothing_to_change' then 'over' end;
end
$$;

-- What the viewer took, by the codes of the introductions and nothing else about anybody: what is to be deleted first, then what may be kept while
-- the selection runs, and last what was attested. Recorded.
-- for: portal_web
create function gate.own_downloads()
returns table (code text, duty_id uuid, saved integer, read_here integer, taken_at timestamptz, cause text, due_at timestamptz, hired boolean,
               attested_at timestamptz, attested_as text, attested_by_company boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role not in ('recruiter', 'employer_admin') then @'not_for_this_role' end;
begin
    perform gate.record(@'own_downloads_listed', viewer, refusal);
    if refusal is not null then
        return;
    end if;
    perform gate.note_duties(viewer.company_id);
    return query
    select introduction.code, mine.duty_id, mine.saved, mine.read_here, mine.taken_at, duty.cause, duty.due_at,
           duty.id is not null and gate.was_hired(introduction.id), coalesce(mine.attested_at, duty.attested_at),
           coalesce(mine.attested_as, duty.attested_as), mine.attested_at is null and duty.attested_at is not null
    from (select taken.introduction_id, taken.duty_id, (count(*) filter (where taken.saved))::integer as saved,
                 (count(*) filter (where not taken.saved))::integer as read_here, max(taken.downloaded_at) as taken_at,
                 case when count(*) = count(taken.attested_at) then max(taken.attested_at) end as attested_at, max(taken.attested_as) as attested_as
          from personal.download as taken
          where taken.account_id = viewer.account_id and taken.company_id = viewer.company_id
          group by taken.introduction_id, taken.duty_id) as mine
    join personal.introduction on introduction.id = mine.introduction_id
    left join personal.deletion_duty as duty on duty.id = mine.duty_id
    order by coalesce(mine.attested_at, duty.attested_at) desc nulls first, duty.due_at nulls last, mine.taken_at desc, introduction.code
    limit 300;
end
$$;

-- The viewer says that what they took themselves is deleted, or is kept because the law says so, which it can of somebody hired alone. The
-- company's duty stays open until an administrator closes it for everyone. How many it was said of; null: it is not for this viewer.
-- for: portal_web
create function gate.attest_own(chosen uuid[], said text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role not in ('recruiter', 'employer_admin') then @'not_for_this_role' end;
    asked uuid;
    introduction uuid;
    done integer := 0;
begin
    if refusal is not null then
        perform gate.record(@'own_copies_attested', viewer, refusal);
        return null;
    end if;
    if cardinality(chosen) > 300 or said not in ('deleted', 'kept_by_law') then
        raise exception 'up to 300 duties, and one of two words' using errcode = 'invalid_parameter_value';
    end if;
    foreach asked in array coalesce(chosen, '{}') loop
        select duty.introduction_id into introduction from personal.deletion_duty as duty
        where duty.id = asked and duty.company_id = viewer.company_id for no key update;
        refusal := case
            when introduction is null or not exists (select from personal.download as taken where taken.duty_id = asked and taken.account_id = viewer.account_id)
                then @'no_such_record'
            when not exists (select from personal.download as taken where taken.duty_id = asked and taken.account_id = viewer.account_id
                               and taken.attested_at is null) then @'nothing_to_change'
            when said = 'kept_by_law' and not gate.was_hired(introduction) then @'not_hired'
        end;
        perform gate.record(@'own_copies_attested', viewer, refusal, introduction => introduction, subject => asked,
                            facts => case when refusal is null then jsonb_build_object('attested', said) end);
        if refusal is null then
            update personal.download set attested_at = now(), attested_as = said
            where duty_id = asked and account_id = viewer.account_id and attested_at is null;
            done := done + 1;
        end if;
    end loop;
    return done;
end
$$;

-- In which form the viewer reads resumes: the one asked for, which is kept for the next time, or the one used last; null before any. A choice of how a page
-- looks; what opens in it has an entry of its own.
-- for: portal_web
create function gate.resume_tab(asked text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if asked is not null then
        update portal.account set resume_tab = asked where account.id = viewer.account_id and account.resume_tab is distinct from asked;
    end if;
    return coalesce(asked, (select account.resume_tab from portal.account where account.id = viewer.account_id));
end
$$;
