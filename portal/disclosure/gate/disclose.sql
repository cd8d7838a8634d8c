-- Disclosing items: every introduction asked for is judged, its entry written, and the items that are open come back.
-- What is refused returns nothing, and its entry says why; a record that does not exist is refused in the same way.

-- The items of one person that a set shows, the others null. It has no settings of its own, so that a statement which asks it takes it in.
create function gate.masked(candidate uuid, shown integer)
returns table (name jsonb, email text, photo uuid, nationality text, address jsonb, date_of_birth date, age integer, gender text, telephone text,
               background jsonb, qualifications jsonb, residence_status jsonb, japanese_level jsonb)
language sql stable as $$
    select case when shown & @name <> 0 then person.name end,
           case when shown & @email <> 0 then person.email end,
           case when shown & @photo <> 0 then person.photo end,
           case when shown & @nationality <> 0 then person.nationality end,
           case when shown & @address <> 0 then person.address end,
           case when shown & @date_of_birth <> 0 then person.date_of_birth end,
           case when shown & @age <> 0 then coalesce(extract(year from age(gate.day_of(now()), person.date_of_birth))::integer, person.age) end,
           case when shown & @gender <> 0 then person.gender end,
           case when shown & @telephone <> 0 then person.telephone end,
           case when shown & @background <> 0 then person.background end,
           case when shown & @qualifications <> 0 then person.qualifications end,
           case when shown & @residence_status <> 0 then person.residence_status end,
           case when shown & @japanese_level <> 0 then person.japanese_level end
    from personal.candidate_items as person where person.candidate_id = candidate
$$;

-- Whether this sign-in was shown the same by the same act within the last minute.
create function gate.is_shown_again(viewer gate.viewer_row, introduction uuid, act text, shown integer, file uuid default null) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from accesslog.entry as before
                   where before.introduction_id = is_shown_again.introduction and before.recorded_at > now() - interval '1 minute'
                     and before.session_id = viewer.session_id and before.action = act and before.items = shown
                     and before.decision = 'permitted' and before.subject_id is not distinct from file)
$$;

-- Writes an entry for each of these, and gives the items that are open and wanted, in one statement. No role may call it: who
-- does has judged them for this viewer in the statement that calls it, or in the one before.
-- A page or a file that this sign-in opened within the last minute, with the same items, is the same view again. Its entry says so.
create function gate.show(viewer gate.viewer_row, verdicts gate.judged_row[], act text, wanted integer) returns setof gate.disclosed_row
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    request jsonb := gate.request();
    request_id uuid := (request ->> 'id')::uuid;
    ip inet := coalesce((request ->> 'ip')::inet, viewer.ip);
    agent text := left(coalesce(request ->> 'agent', viewer.agent), 300);
begin
    return query
    with judged as (
        select accesslog.entry_id(now()) as entry, uuid_send(gen_random_uuid()) as salt, one.*
        from unnest(verdicts) with ordinality as one (introduction_id, candidate_id, consent_id, agreement_id, purpose, open_items, reasons, place)
    ), entries as (
        insert into accesslog.entry (id, action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items,
                                     decision, reasons, consent_id, agreement_id, agreement_digest, facts, commitment)
        select entry, act, viewer.account_id, viewer.role, viewer.company_id, viewer.session_id, request_id, introduction_id, purpose,
               coalesce(open_items & wanted, 0), gate.decision(reasons), case when reasons <> 0 then gate.reason_codes(reasons) end,
               consent_id, agreement_id,
               (select paper.digest from portal.agreement_paper as paper where paper.agreement_id = coalesce((
                   select joined.joined_agreement_id from portal.agreement as joined where joined.id = judged.agreement_id), judged.agreement_id)),
               case when reasons = 0 and act in (@'page_shown', @'resume_read')
                         and gate.is_shown_again(viewer, introduction_id, act, coalesce(open_items & wanted, 0)) then '{"again": true}'::jsonb end,
               accesslog.commitment(salt, candidate_id, ip, agent)
        from judged
    ), subjects as (
        insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip, agent)
        select entry, now(), salt, candidate_id, ip, agent
        from judged
    )
    select judged.introduction_id, judged.entry, now(), case judged.purpose when @selection then 'selection' else 'contact' end,
           judged.open_items & wanted, judged.open_items,
           person.*
    from judged
    left join lateral gate.masked(judged.candidate_id, judged.open_items & wanted) as person on true
    where judged.reasons = 0
    order by judged.place;
end
$$;

-- for: portal_web
create function gate.disclose(asked uuid[], for_purpose text, act text, wanted integer) returns setof gate.disclosed_row
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if act not in (@'listed', @'page_shown', @'resume_read', @'resume_downloaded', @'index_taken', @'page_printed', @'contact_revealed') then
        raise exception 'gate.disclose: % is not an action', act using errcode = 'invalid_parameter_value';
    end if;
    if for_purpose not in ('selection', 'contact') then  -- null passes: whichever is open
        raise exception 'gate.disclose: % is not a purpose', for_purpose using errcode = 'invalid_parameter_value';
    end if;
    if viewer.session_id is null then
        perform gate.count_unsigned(act, coalesce(cardinality(asked[1:100]), 0));
        return;
    end if;
    if gate.saves(act) and gate.is_over_limit(viewer) then
        perform gate.record(act, viewer, @'over_daily_limit', introduction => one, purpose => @selection, agreement => viewer.agreement_id)
        from unnest(asked[1:100]) as one;
        return;
    end if;
    return query select * from gate.show(viewer, array(
        select row(listed.asked_id, judge.candidate_id, judge.consent_id, judge.agreement_id, meant.purpose,
                   case meant.purpose when @selection then judge.selection_items else judge.contact_items end,
                   coalesce(case meant.purpose when @selection then judge.selection_reasons else judge.contact_reasons end,
                            @no_such_record | gate.reasons_of(viewer)))::gate.judged_row
        from unnest(asked[1:100]) with ordinality as listed(asked_id, place)
        left join gate.judge(viewer, now()) as judge on judge.introduction_id = listed.asked_id
        cross join lateral (
            select case for_purpose when 'selection' then @selection when 'contact' then @contact
                       else case when judge.selection_items <> 0 or (judge.decided_at is null and coalesce(judge.contact_items, 0) = 0) then @selection else @contact end
                   end as purpose
        ) as meant
        order by listed.place), act, wanted);
    if found and act <> @'listed' then
        perform gate.note_look(viewer, asked[1:100]);
    end if;
end
$$;

-- What stands beside the items on a candidate's page, for a viewer: while something of it is open.
create function gate.basis_for(viewer gate.viewer_row, introduction uuid) returns setof gate.basis_row
language sql stable as $$
    select judged.introduction_id, judged.code, judged.stage, judged.introduced_at,
           opening.title, opening.title_latin, opening.description,
           judged.selection_items, judged.contact_items, judged.decided_at, judged.contact_until,
           consent.given_at, consent.expires_at, consent.open_items, notice.version, notice.published_at,
           agreement.number, agreement.version, gate.end_of(agreement), agreement.contact_days,
           opening.closed_at <= now() and judged.decided_at is null, judged.selection_held, judged.inactive_at,
           (select jsonb_object_agg(item.code, (jsonb_build_object('source', 'platform', 'at', person.confirmed_at)
                                                || coalesce(items.sources -> case item.code when 'age' then 'date_of_birth' else item.code end, '{}'))
                                               - '{evidence,corrected}'::text[])
            from personal.candidate as person
            join personal.candidate_items as items on items.candidate_id = person.id
            join portal.item on item.mask & (judged.selection_items | judged.contact_items) <> 0
            where person.id = judged.candidate_id),
           (select coalesce(jsonb_agg(jsonb_build_object('id', document.id, 'kind', document.kind, 'title', document.title,
                                                         'pages', document.pages, 'bytes', document.bytes,
                                                         'opens', document.holds & ~(judged.selection_items | judged.contact_items) = 0) order by document.created_at), '[]')
            from personal.document
            where document.candidate_id = judged.candidate_id and document.replaced_at is null
              and judged.selection_items & (select item.mask from portal.item where item.code = document.kind) <> 0),
           (select coalesce(jsonb_agg(jsonb_build_object('id', outcome.id, 'result', outcome.result, 'reason', outcome.reason, 'note', outcome.note,
                                                         'recorded_at', outcome.recorded_at, 'recorded_by', account.display_name,
                                                         'mine', outcome.recorded_by = viewer.account_id, 'undone_at', undone.undone_at, 'undone', undone.how,
                                                         'reopening', (select case when asked.answered_at is null then 'waits' when asked.granted then 'granted' else 'declined' end
                                                                       from personal.reopening as asked
                                                                       where asked.introduction_id = outcome.introduction_id and asked.turn = outcome.turn
                                                                       order by asked.asked_at desc limit 1))
                                      order by outcome.turn, outcome.recorded_at, outcome.corrects nulls first), '[]')
            from personal.outcome left join portal.account on account.id = outcome.recorded_by
            left join personal.outcome_undone as undone on undone.introduction_id = outcome.introduction_id and undone.turn = outcome.turn
            where outcome.introduction_id = judged.introduction_id),
           (select whose from gate.assignees(judged.introduction_id) as whose),
           (select coalesce(jsonb_agg(jsonb_build_array(colleague.id, colleague.display_name, colleague.id = viewer.account_id) order by colleague.display_name, colleague.id), '[]')
            from portal.account as colleague
            where colleague.company_id = judged.company_id and colleague.status = 'active' and colleague.role in ('recruiter', 'employer_admin')
              and not exists (select from portal.halt where halt.account_id = colleague.id)),
           case when judged.selection_items | judged.selection_held <> 0 then gate.notes_of(judged.introduction_id) end,
           case when judged.selection_items | judged.selection_held <> 0
                then gate.scorecards_in_brief(viewer, judged.introduction_id, judged.opening_id) end,
           judged.changed_at, judged.stage_place
    from gate.judge(viewer, now()) as judged
    join portal.opening on opening.id = judged.opening_id
    join personal.consent on consent.id = judged.consent_id
    join portal.notice on notice.id = consent.notice_id
    join portal.agreement on agreement.id = judged.agreement_id
    where judged.introduction_id = introduction and judged.selection_items | judged.contact_items <> 0
$$;

-- What stands beside the items on a candidate's page: the introduction itself and the basis it rests on. It says that the
-- introduction exists, and an outcome's note can be personal. So it answers only while something of it is open, and only to the
-- transaction in which this session's opening of it was recorded. A line of a list is not enough, and there is no way to read it
-- without an entry that says so. It is volatile: the opening may be written by the very statement that calls it.
-- for: portal_web
create function gate.basis(introduction uuid)
returns setof gate.basis_row
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
begin
    return query
    select found.* from gate.basis_for(viewer, introduction) as found
    where exists (select from accesslog.entry
                  where entry.introduction_id = introduction and entry.recorded_at = now() and entry.action <> @'listed'
                    and entry.session_id = viewer.session_id and entry.decision = 'permitted' and entry.transaction = pg_current_xact_id());
end
$$;
