grant insert, update (answered_at, answered_by, granted) on personal.reopening to portal_gate;

-- Reopening a decision later than its writer can take it back: somebody of the company asks with a reason, and whoever looks after the company
-- answers. It is granted only when at that moment nothing but the decision speaks against the selection: consent, agreement, company and person are
-- asked of the rule then. The decision stays, and is undone by a further row; the one that comes after it is a further turn.

-- What speaks against reopening at a moment besides the decision itself, of the rule and of the position.
create function gate.against_reopening(introduction uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
    select standing.selection_reasons & ~@window_closed
           | case when opening.closed_at <= clock_timestamp() then @opening_closed else 0 end
    from gate.standing_at(clock_timestamp(), null) as standing join portal.opening on opening.id = standing.opening_id
    where standing.introduction_id = against_reopening.introduction
$$;

-- "asked"; "waiting" when one waits already; "undecided" when no decision stands; "returnable" while its writer can take it back.
-- Null: there is nothing of it for this viewer.
-- for: portal_web
create function gate.ask_to_reopen(introduction uuid, why text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    latest personal.outcome;
    reasons bigint;
    answer text;
    made uuid;
begin
    perform from personal.introduction as locked where locked.id = introduction and locked.company_id = viewer.company_id for no key update;
    select * into judged from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.selection_items | judged.contact_items = 0 then judged.contact_reasons
        else 0 end;
    if reasons = 0 then
        select recorded.* into latest from gate.outcome_of(introduction) as recorded;
        answer := case
            when latest.id is null then 'undecided'
            when judged.decided_at + interval '5 minutes' > clock_timestamp() then 'returnable'
            when exists (select from personal.reopening as other where other.introduction_id = introduction and other.answered_at is null) then 'waiting'
            else 'asked' end;
    end if;
    if answer = 'asked' then
        insert into personal.reopening (introduction_id, turn, reason, asked_by)
        values (introduction, latest.turn, why, viewer.account_id) returning id into made;
        perform gate.put_mail('reopening_asked_for', company.account_manager_id) from portal.company
        where company.id = judged.company_id and company.account_manager_id is not null
          and not exists (select from portal.mail where mail.account_id = company.account_manager_id and mail.kind = 'reopening_asked_for' and mail.state = 'waiting');
    end if;
    perform gate.record(@'reopening_asked_for', viewer, case when answer <> 'asked' then @'nothing_to_change' end, reasons, introduction, purpose => @contact,
                        subject => latest.id, consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => case when answer = 'asked' then jsonb_build_object('reopened_because', why) end);
    return answer;
end
$$;

-- What waits for an account manager's answer, or was answered within thirty days: by code, and with what speaks against it now.
-- for: portal_web
create function gate.reopenings()
returns table (id uuid, introduction_id uuid, code text, company_name text, company_name_latin text, opening_title text, opening_title_latin text,
               result text, decided_at timestamptz, reason text, asked_by text, asked_at timestamptz, answered_at timestamptz, granted boolean, against text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'account_manager');
begin
    perform gate.record(@'reopenings_listed', viewer, refusal);
    if refusal is not null then
        return;
    end if;
    return query
    select asked.id, introduction.id, introduction.code, company.name, company.name_latin, opening.title, opening.title_latin,
           latest.result, latest.recorded_at, asked.reason, asker.display_name, asked.asked_at, asked.answered_at, asked.granted,
           case when asked.answered_at is null then gate.reason_codes(gate.against_reopening(introduction.id)) end
    from personal.reopening as asked
    join personal.introduction on introduction.id = asked.introduction_id
    join portal.company on company.id = introduction.company_id
    join portal.opening on opening.id = introduction.opening_id
    join portal.account as asker on asker.id = asked.asked_by
    left join lateral (select recorded.result, recorded.recorded_at from personal.outcome as recorded
                       where recorded.introduction_id = introduction.id and recorded.turn = asked.turn
                       order by recorded.recorded_at desc limit 1) as latest on true
    where gate.refused_company(viewer, company.id) is null and (asked.answered_at is null or asked.answered_at > now() - interval '30 days')
    order by asked.answered_at desc nulls first, asked.asked_at
    limit 100;
end
$$;

-- "reopened", "declined"; "over" when it was answered or the decision no longer stands; "closed" when something else speaks against it, which
-- stays so: then nothing is opened, and the request waits. Null: it is not this viewer's.
-- for: portal_web
create function gate.answer_reopening(asked uuid, yes boolean) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    found personal.reopening;
    made personal.introduction;
    first personal.outcome;
    moment timestamptz;
    reasons bigint := 0;
    refusal text;
    answer text;
begin
    select one.* into found from personal.reopening as one where one.id = asked for no key update;
    select one.* into made from personal.introduction as one where one.id = found.introduction_id for no key update;
    viewer := gate.viewer();  -- who waited for it may have been suspended
    moment := clock_timestamp();
    refusal := gate.refused_company(viewer, made.company_id);
    if refusal is null then
        select recorded.* into first from personal.outcome as recorded
        where recorded.introduction_id = made.id and recorded.turn = found.turn and recorded.corrects is null
          and not exists (select from personal.outcome_undone as undone where undone.introduction_id = made.id and undone.turn = found.turn);
        reasons := case when yes then gate.against_reopening(made.id) else 0 end;
        answer := case when found.answered_at is not null or first.id is null then 'over'
                       when not coalesce(yes, false) then 'declined'
                       when reasons <> 0 then 'closed'
                       else 'reopened' end;
        refusal := case when answer = 'over' then @'nothing_to_change' end;
    end if;
    perform gate.record(case when yes then @'introduction_reopened' else @'reopening_declined' end, viewer, refusal,
                        case when answer = 'closed' then reasons else 0 end, case when answer is not null then made.id end,
                        company => case when answer is not null then made.company_id end, purpose => @selection, subject => first.id,
                        candidate => case when answer is not null then made.candidate_id end,
                        facts => case when answer in ('reopened', 'declined') then jsonb_build_object('reopened_because', found.reason) end);
    if answer in ('reopened', 'declined') then
        update personal.reopening set answered_at = moment, answered_by = viewer.account_id, granted = answer = 'reopened' where id = found.id;
        perform gate.put_mail('reopening_answered', found.asked_by);
    end if;
    if answer = 'reopened' then
        insert into personal.outcome_undone (introduction_id, turn, undone_at, undone_by, how)
        values (made.id, found.turn, greatest(now(), first.recorded_at), viewer.account_id, 'reopened');
        -- Never at the offer: a move there says what it opens. Reopening is something done, so the days without activity begin anew.
        update personal.introduction as opened
        set stage = case coalesce(first.stage_before, 'introduced') when 'offer' then 'interview' else coalesce(first.stage_before, 'introduced') end,
            moved_at = moment, moved_by = viewer.account_id, last_activity_at = moment
        where opened.id = made.id;
        perform gate.put_mail_to_person('selection_reopened', made.candidate_id);
    end if;
    return answer;
end
$$;
