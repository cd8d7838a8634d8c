-- Taking a decision back: by whoever recorded it, within five minutes. It is a further row; what was recorded stays, and is told as
-- taken back. The windows open again as the rule finds them at that moment, at the stage that stood before.

-- "taken_back"; "over", when it is taken back and the selection is closed all the same, for the position was closed or it lapsed;
-- "closed", when it is taken back and nothing is open. "already", when no decision stands: a second click. "too_late", "not_yours" and
-- "corrected", when a colleague corrected it meanwhile: their word is not taken back with it. "refused", when there is nothing to take back
-- for this viewer, or something else closed it meanwhile: then it would open nothing, and what was recorded stands.
-- for: portal_web
create function gate.take_back(introduction uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    latest personal.outcome;
    first personal.outcome;
    moment timestamptz;
    answer text;
    refusal text;
    reasons bigint := 0;
begin
    perform from personal.introduction as locked where locked.id = introduction and locked.company_id = viewer.company_id for no key update;
    moment := clock_timestamp();  -- another click may have come first since this transaction began
    select * into judged from gate.judge(viewer, moment) as judge where judge.introduction_id = introduction;
    select recorded.* into latest from gate.outcome_of(judged.introduction_id) as recorded;
    select recorded.* into first from personal.outcome as recorded
    where recorded.introduction_id = latest.introduction_id and recorded.turn = latest.turn and recorded.corrects is null;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.contact_items <> 0 then 0
        when judged.decided_at is null and judged.selection_items | judged.selection_held <> 0 then 0
        else judged.selection_reasons & ~(case when judged.decided_at is null then 0 else @window_closed end)
    end;
    if reasons <> 0 then
        answer := 'refused';
    elsif first.id is null then
        answer := 'already';
        refusal := @'nothing_to_change';
    elsif first.recorded_by is distinct from viewer.account_id then
        answer := 'not_yours';
        refusal := @'not_the_writer';
    elsif exists (select from personal.outcome as other
                  where other.introduction_id = introduction and other.turn = first.turn and other.recorded_by is distinct from viewer.account_id) then
        answer := 'corrected';
        refusal := @'corrected_meanwhile';
    elsif first.recorded_at + interval '5 minutes' <= moment then
        answer := 'too_late';
        refusal := @'minutes_over';
    else
        answer := 'taken_back';
        insert into personal.outcome_undone (introduction_id, turn, undone_at, undone_by, how)
        values (introduction, first.turn, greatest(now(), first.recorded_at), viewer.account_id, 'taken_back');
        -- after it, so that a selection that had ended for want of activity is not noted as active
        update personal.introduction as opened set stage = coalesce(first.stage_before, 'introduced'), moved_at = moment, moved_by = viewer.account_id
        where opened.id = introduction;
    end if;
    perform gate.record(@'outcome_taken_back', viewer, refusal, reasons, introduction, purpose => @selection, subject => first.id,
                        consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => jsonb_build_object('former_result', latest.result, 'former_reason', latest.reason));
    if answer = 'taken_back' then
        select case when judge.selection_items | judge.selection_held <> 0 then 'taken_back' when judge.contact_items <> 0 then 'over' else 'closed' end
        into answer from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    end if;
    return answer;
end
$$;

-- What this viewer decided within the last five minutes and can take back, while nothing but the decision speaks against it: also where
-- the decision closed everything. Codes, a position and moments; that it was looked at is an entry.
-- for: portal_web
create function gate.just_decided(introduction uuid)
returns table (code text, opening_title text, opening_title_latin text, result text, reason text, recorded_at timestamptz,
               until timestamptz, contact_open boolean, contact_until timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    latest personal.outcome;
    reasons bigint;
begin
    select * into judged from gate.judge(viewer, now()) as judge where judge.introduction_id = just_decided.introduction;
    select recorded.* into latest from gate.outcome_of(judged.introduction_id) as recorded;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.contact_items = 0 and judged.selection_reasons & ~@window_closed <> 0 then judged.selection_reasons
        when judged.decided_at is null or judged.decided_at + interval '5 minutes' <= now() then @window_closed
        when latest.recorded_by is distinct from viewer.account_id then @window_closed
        else 0
    end;
    perform gate.record(@'own_decision_shown', viewer, null, reasons, just_decided.introduction, purpose => @contact, subject => latest.id,
                        consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id);
    return query
    select judged.code, opening.title, opening.title_latin, latest.result, latest.reason, judged.decided_at,
           judged.decided_at + interval '5 minutes', judged.contact_items <> 0, judged.contact_until
    from portal.opening where reasons = 0 and opening.id = judged.opening_id;
end
$$;
