-- Moving introductions between the stages of a selection: by a named person, each with its entry, which says before and after. A move
-- back needs no reason. Fair screening opens what may not decide with the stage of the offer. So a move there is done only when whoever
-- moves was told what it opens ("told", items). A move back from it closes them again, for the rule reads the stage.

-- One introduction. "shown" is the stage that the page showed. "result" is "moved"; "already", when it stands there; "meanwhile", when a
-- colleague moved it elsewhere; "over", when the selection has ended; "opens", when "held" would open that nobody was told of; or
-- "refused". Only "moved" changes anything.
create function gate.move_one(
    viewer gate.viewer_row, introduction uuid, shown text, wanted text, told integer,
    out introduction_id uuid, out code text, out result text, out held integer
)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    judged record;
    reasons bigint := 0;
    refusal text;
begin
    perform from personal.introduction as locked where locked.id = introduction and locked.company_id = viewer.company_id for no key update;
    -- a colleague may have moved or decided since this transaction began
    select * into judged from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    introduction_id := introduction;
    held := judged.selection_held & ~told;
    if judged.introduction_id is null then
        result := 'refused';
        reasons := @no_such_record | gate.reasons_of(viewer);
    elsif judged.selection_items | judged.contact_items = 0 then
        result := 'refused';
        reasons := judged.selection_reasons;
    elsif judged.selection_items | judged.selection_held = 0 then
        result := 'over';
        reasons := judged.selection_reasons;
    elsif judged.stage = wanted then
        result := 'already';
        refusal := @'nothing_to_change';
    elsif judged.stage is distinct from shown then
        result := 'meanwhile';
        refusal := @'moved_meanwhile';
    elsif wanted = 'offer' and held <> 0 then
        result := 'opens';
        reasons := @fair_screening;
    else
        result := 'moved';
        update personal.introduction as moved set stage = wanted, moved_at = clock_timestamp(), moved_by = viewer.account_id
        where moved.id = introduction;
    end if;
    perform gate.record(@'stage_moved', viewer, refusal, reasons, introduction, purpose => @selection, consent => judged.consent_id,
                        agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => jsonb_build_object('former_stage', judged.stage, 'new_stage', wanted));
    if result <> 'refused' then
        code := judged.code;
    end if;
end
$$;

-- Up to 100 introductions, each by itself: what cannot be moved holds up no other. "shown" has a stage for each.
-- for: portal_web
create function gate.move_stages(chosen uuid[], shown text[], wanted text, told integer)
returns table (introduction_id uuid, code text, result text, held integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    one record;
begin
    if wanted is null or wanted not in ('introduced', 'screening', 'interview', 'offer') then
        raise exception 'gate.move_stages: % is no stage to move to', wanted using errcode = 'invalid_parameter_value';
    end if;
    -- In one order for everybody, so that two who move the same ones do not wait for each other without end.
    for one in
        select id, min(stage) as stage from unnest(chosen[1:100], shown[1:100]) as sent(id, stage) where id is not null group by id order by id
    loop
        return query select * from gate.move_one(viewer, one.id, one.stage, wanted, coalesce(told, 0));
    end loop;
end
$$;
