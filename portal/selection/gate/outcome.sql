grant insert on personal.outcome to portal_gate;

-- Recording a result. A named person decides (S39). The first record closes the selection window at once, until it is undone
-- (take_back.sql). A correction within 24 hours is a further row that closes nothing and reopens nothing. One that says what stands already corrects
-- nothing: it is "unchanged", and leaves no row, but an entry, for it told what stands. "recorded_and_closed" says that nothing of the introduction is open
-- any more, because the person did not agree to contact. "names_ground" says that the note names a ground that may not decide and
-- that is not among the "confirmed" ones: its writer is asked once more, and nothing is recorded yet.

-- for: portal_web
create function gate.put_outcome(introduction uuid, outcome text, reason text, remark text, correcting boolean,
                                 confirmed text[] default '{}') returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    moment timestamptz;
    latest personal.outcome;
    refusal text;
    reasons bigint;
    made uuid;
begin
    correcting := coalesce(correcting, false);
    remark := nullif(btrim(remark), '');
    perform from personal.introduction as locked where locked.id = introduction and locked.company_id = viewer.company_id for no key update;
    moment := clock_timestamp();  -- a colleague may have decided since this transaction began
    select * into judged from gate.judge(viewer, moment) as judge where judge.introduction_id = introduction;
    if correcting then
        select recorded.* into latest from gate.outcome_of(introduction) as recorded;
    end if;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.selection_items | judged.contact_items = 0 then case when correcting then judged.contact_reasons else judged.selection_reasons end
        when correcting and (latest.id is null or judged.decided_at + interval '24 hours' <= now()) then @window_closed
        when not correcting and judged.decided_at is not null then @window_closed
        else 0
    end;
    refusal := case
        when reasons = 0 and correcting and (outcome, reason, remark) is not distinct from (latest.result, latest.reason, latest.note)
        then @'nothing_to_correct'
    end;
    if reasons = 0 and refusal is null and not gate.grounds_in(remark) <@ coalesce(confirmed, '{}') then
        return 'names_ground';
    end if;
    perform gate.record(case when correcting then @'outcome_corrected' else @'outcome_recorded' end, viewer, refusal, reasons, introduction,
                        purpose => case when not correcting and judged.selection_items <> 0 then @selection else @contact end, subject => latest.id,
                        consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => jsonb_build_object('result', outcome, 'reason', reason, 'note', case when remark is not null then true end,
                                                    'former_result', latest.result, 'former_reason', latest.reason));
    if refusal is not null then
        return 'unchanged';
    end if;
    if reasons <> 0 then
        return case when reasons <> @window_closed or judged.contact_items = 0 then 'refused'
                    when not correcting then 'already_recorded'
                    when latest.id is not null then 'too_late'
                    else 'refused' end;
    end if;
    insert into personal.outcome (introduction_id, turn, result, reason, note, recorded_by, corrects, recorded_at, stage_before)
    values (introduction,
            coalesce(latest.turn, (select 1 + max(undone.turn) from personal.outcome_undone as undone where undone.introduction_id = introduction), 1),
            outcome, reason, remark, viewer.account_id, latest.id,
            case when correcting then clock_timestamp() else now() end, case when not correcting then judged.stage end) returning id into made;
    perform gate.queue_grounds(viewer, remark, introduction, viewer.company_id, judged.candidate_id, made);
    if correcting then
        return 'corrected';
    end if;
    update personal.introduction as decided set stage = 'decided', moved_at = clock_timestamp(), moved_by = viewer.account_id where decided.id = put_outcome.introduction;
    return case when judged.contact_items = 0 then 'recorded_and_closed' else 'recorded' end;
end
$$;
