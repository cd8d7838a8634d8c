-- A selection in which nothing is done ends by the agreement's days (portal/disclosure/gate/standing.sql). Before that its decision is overdue, of
-- which the company is reminded, and then whoever looks after the company is told.

-- From when on a decision is overdue: half of the days without activity are over.
create function gate.overdue_from(active timestamptz, ends timestamptz) returns timestamptz
language sql immutable as $$ select active + (ends - active) / 2 $$;

-- The decisions that are overdue, of what is open to the viewer and is assigned to them or to nobody: up to 100, those that end first.
create function gate.overdue_for(viewer gate.viewer_row) returns table (introduction_id uuid, inactive_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select judged.introduction_id, judged.inactive_at
    from gate.judge(viewer, now()) as judged
    where judged.introduction_id = any (array(
            select quiet.id from personal.introduction as quiet
            where quiet.company_id = viewer.company_id and (quiet.decided_at is null or quiet.undone_at is not null)
              and quiet.last_activity_at > now() - (select make_interval(hours => 24 * agreement.inactive_days)
                                                    from portal.agreement where agreement.id = viewer.agreement_id)
              and quiet.last_activity_at <= now() - (select make_interval(hours => 24 * agreement.inactive_days) / 2
                                                     from portal.agreement where agreement.id = viewer.agreement_id)
              and (quiet.assigned_to is null or coalesce((select whose from gate.assignees(quiet.id) as whose) = viewer.account_id, true))
            order by quiet.last_activity_at limit 100))
      and judged.selection_items <> 0
    order by judged.inactive_at, judged.introduction_id
$$;

-- Those to whom something is assigned, and the recruiters of companies where it is nobody's. The first reminder is sent to those who want to be told at
-- once, and others have it in their digest or at home; the last one before the end is sent to each, as all that has to be done in time.
create function gate.remind(kind text, companies uuid[], assignees uuid[], everybody boolean) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    select gate.put_mail(remind.kind, account.id) from portal.account
    where account.status = 'active' and (account.id = any (assignees) or account.role = 'recruiter' and account.company_id = any (companies))
      and (everybody or account.notices = 'at_once')
      and not exists (select from portal.mail where mail.account_id = account.id and mail.kind = remind.kind and mail.state = 'waiting')
$$;

-- Every hour, each once for as long as nothing is done. On Japan's working days it tells of introductions whose decision is overdue. It then also
-- tells of those that end within five working days and in the last quarter of their time. Who looks after the company is told of these as well.
-- On any day it tells of those that have ended, which has an entry. A company is reminded once a day. How many introductions it was about.
-- for: portal_worker
create function gate.tell_of_inactivity(holidays date[], at timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
    limited uuid[] := array(select agreement.company_id from portal.agreement
                            where agreement.inactive_days is not null and gate.in_force(agreement, at));
    works boolean := gate.is_working_day(gate.day_of(at), holidays);
    near timestamptz := gate.day_begins(gate.working_day_after(gate.day_of(at), 5, holidays) + 1);
    reminded uuid[] := array(select company_id from personal.introduction
                             where company_id = any (limited) and reminded_at > at - interval '20 hours');
    told uuid[] := array(select company_id from personal.introduction
                         where company_id = any (limited) and end_told_at > at - interval '20 hours');
    found record;
    late uuid[] := '{}';  -- companies where it is nobody's
    late_of uuid[] := '{}';  -- those to whom it is assigned
    soon uuid[] := '{}';
    soon_of uuid[] := '{}';
    of_keepers uuid[] := '{}';
    ended uuid[] := '{}';
    counted integer := 0;
begin
    nobody.role := 'operator_program';
    for found in
        select standing.*, standing.inactive_at <= at as over, gate.assignee(introduction.id) as assignee,
               coalesce(introduction.end_reminded_at < introduction.last_activity_at, true) and standing.inactive_at < near
                   and at >= standing.inactive_at - (standing.inactive_at - introduction.last_activity_at) / 4 as soon
        from gate.standing_at(at, null) as standing join personal.introduction as introduction on introduction.id = standing.introduction_id
        where standing.company_id = any (limited)
          and (standing.selection_reasons = @introduction_inactive and coalesce(introduction.end_told_at < introduction.last_activity_at, true)
                   and standing.company_id <> all (told)
               or works and standing.selection_reasons = 0 and standing.company_id <> all (reminded)
                   and (coalesce(introduction.end_reminded_at < introduction.last_activity_at, true) and standing.inactive_at < near
                            and at >= standing.inactive_at - (standing.inactive_at - introduction.last_activity_at) / 4
                        or coalesce(introduction.reminded_at < introduction.last_activity_at, true)
                            and at >= gate.overdue_from(introduction.last_activity_at, standing.inactive_at)))
        for no key update of introduction skip locked
    loop
        counted := counted + 1;
        if found.over then
            update personal.introduction set end_told_at = at where id = found.introduction_id;
            perform gate.record(@'selection_lapsed', nobody, introduction => found.introduction_id, company => found.company_id,
                                purpose => @selection, consent => found.consent_id, agreement => found.agreement_id,
                                candidate => found.candidate_id);
            ended := ended || found.company_id;
        elsif found.soon then
            update personal.introduction set reminded_at = at, end_reminded_at = at where id = found.introduction_id;
            of_keepers := of_keepers || found.company_id;
            soon := case when found.assignee is null then soon || found.company_id else soon end;
            soon_of := soon_of || found.assignee;
        else
            update personal.introduction set reminded_at = at where id = found.introduction_id;
            late := case when found.assignee is null then late || found.company_id else late end;
            late_of := late_of || found.assignee;
        end if;
    end loop;
    perform gate.remind('decision_overdue', late, late_of, false);
    perform gate.remind('selection_ends_soon', soon, soon_of, true);
    perform gate.tell_keepers('undecided_told', of_keepers, interval '20 hours');
    perform gate.tell_both('selection_ended', ended);
    return counted;
end
$$;
