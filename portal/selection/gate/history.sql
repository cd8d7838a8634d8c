-- What a company's people did with one introduction, the newest first: who moved, assigned, judged, took, printed and decided, and when. It is read
-- from the log, so that nothing else is kept, and holds no item of the person. Looks are left out: they are the administrators' to read (gate.company_log).
-- It is there while something of the introduction is open to the viewer. Null: nothing is.
-- for: portal_web
create function gate.history_of(introduction uuid) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    reasons bigint;
begin
    select * into judged from gate.judge(viewer, now()) as judge where judge.introduction_id = history_of.introduction;
    reasons := case
        when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
        when judged.selection_items | judged.contact_items = 0 then judged.selection_reasons | judged.contact_reasons
        else 0
    end;
    perform gate.record(@'history_read', viewer, null, reasons, history_of.introduction,
                        purpose => case when judged.selection_items <> 0 then @selection else @contact end,
                        consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id);
    if reasons <> 0 then
        return null;
    end if;
    return json_build_object('code', judged.code, 'acts', (
        select coalesce(json_agg(json_build_object(
            'at', done.recorded_at, 'by', actor.display_name, 'action', done.action,
            'former_stage', done.facts ->> 'former_stage', 'stage', done.facts ->> 'new_stage',
            'result', coalesce(done.facts ->> 'result', done.facts ->> 'former_result'), 'assignee', assignee.display_name)
            order by done.recorded_at desc, done.id desc), '[]')
        from (
            select entry.* from accesslog.entry
            where entry.introduction_id = history_of.introduction and entry.company_id = viewer.company_id and entry.decision = 'permitted'
              and entry.role in ('recruiter', 'employer_admin')
              and entry.action in (@'stage_moved', @'assigned', @'note_written', @'scorecard_filled_in', @'resume_downloaded', @'document_downloaded',
                                   @'page_printed', @'contact_revealed', @'question_asked', @'outcome_recorded', @'outcome_corrected', @'outcome_taken_back',
                                   @'reopening_asked_for')
            order by entry.recorded_at desc, entry.id desc limit 200) as done
        left join portal.account as actor on actor.id = done.actor_id
        left join portal.account as assignee on assignee.id = (done.facts ->> 'assignee')::uuid));
end
$$;
