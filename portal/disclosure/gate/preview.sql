-- What a company's recruiter would see of somebody who is not introduced yet, shown beforehand to whoever looks after the company: only
-- of those who can be put forward, on a ground, and as an entry. The rule, the masks and the basis are the recruiter's own; the introduction
-- is made for them and undone.

-- The closed list of grounds on which it is looked at; the words are those of portal/selection/forward.py.
create function gate.preview_grounds() returns text[]
language sql immutable parallel safe as $$ select array['before_introducing', 'person_asked_what_is_shown'] $$;

-- One of the company's people with everything in order: signed in, under its newest agreement, where that lets them read.
create function gate.would_be_viewer(viewer gate.viewer_row, company uuid) returns gate.viewer_row
language sql stable set search_path = pg_catalog, pg_temp as $$
    select row(viewer.session_id, viewer.account_id, 'recruiter', company, agreement.id,
               case when agreement.territory is null or 'JP' = any (agreement.territory) then 'JP' else agreement.territory[1] end,
               viewer.ip, viewer.agent, viewer.capacity, viewer.holder, true)::gate.viewer_row
    from (values (true)) as one
    left join lateral (select newest.id, newest.territory from portal.agreement as newest
                       where newest.company_id = company and gate.in_force(newest, now())
                       order by newest.effective_at desc, newest.id desc limit 1) as agreement on true
$$;

create function gate.would_show(viewer gate.viewer_row, person uuid, opening uuid, wanted integer)
returns table (disclosed gate.disclosed_row, stands gate.basis_row)
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    recruiter gate.viewer_row;
    made personal.introduction;
    judged record;
begin
    begin
        insert into personal.introduction (reference, code, candidate_id, company_id, opening_id)
        select 'would-be-' || gen_random_uuid(), gate.code_of_none(0), person, position_of.company_id, position_of.id
        from portal.opening as position_of where position_of.id = would_show.opening
        returning * into made;
        recruiter := gate.would_be_viewer(viewer, made.company_id);
        select judge.* into judged from gate.judge(recruiter, now()) as judge where judge.introduction_id = made.id;
        select made.id, null::uuid, now(), 'selection', judged.selection_items & wanted, judged.selection_items, shown.* into disclosed
        from (values (true)) as one left join lateral gate.masked(person, judged.selection_items & wanted) as shown on true;
        select found.* into stands from gate.basis_for(recruiter, made.id) as found;
        raise exception 'undone' using errcode = 'UNDON';
    exception when sqlstate 'UNDON' then null;
    end;
    return next;
end
$$;

-- No row, and an entry of the refusal, for whoever may not look, and for anybody whom the list does not offer: the same as for a
-- candidate who does not exist.
-- for: portal_web
create function gate.preview(of_company uuid, asked uuid, person uuid, ground text, wanted integer) returns setof gate.disclosed_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_opening(viewer, of_company, asked);
    judged gate.standing;
    shown gate.disclosed_row;
begin
    if ground is null or not (ground = any (gate.preview_grounds())) then
        raise exception 'a look is on one of the grounds' using errcode = 'invalid_parameter_value';
    end if;
    if refusal is null and not exists (select from personal.introduction where candidate_id = person and opening_id = asked) then
        select standing.* into judged
        from gate.would_be(array(select candidate.id from personal.candidate where candidate.id = person), asked) as standing;
    end if;
    if refusal is null and (judged.candidate_id is null or not gate.has_live_consent(judged.selection_reasons)) then
        refusal := @'no_such_record';
    end if;
    if refusal is not null then
        perform gate.record(@'introduction_previewed', viewer, refusal, facts => jsonb_build_object('preview_ground', ground));
        return;
    end if;
    if judged.selection_reasons = 0 then
        select (would.disclosed).* into shown from gate.would_show(viewer, person, asked, wanted) as would;
    end if;
    shown.entry_id := gate.record(
        @'introduction_previewed', viewer, reasons => judged.selection_reasons, company => of_company, purpose => @selection,
        items => coalesce(shown.items, 0), consent => judged.consent_id, agreement => judged.agreement_id, subject => asked,
        candidate => person, facts => jsonb_build_object('preview_ground', ground));
    if judged.selection_reasons = 0 then
        return next shown;
    end if;
end
$$;

-- What would stand beside it; only in the transaction in which this session's look at this person was recorded.
-- for: portal_web
create function gate.preview_basis(asked uuid, person uuid) returns setof gate.basis_row
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
begin
    if exists (select from accesslog.entry join accesslog.entry_subject as side on side.entry_id = entry.id and side.recorded_at = entry.recorded_at
               where entry.action = @'introduction_previewed' and entry.recorded_at = now() and entry.subject_id = asked and side.candidate_id = person
                 and entry.session_id = viewer.session_id and entry.decision = 'permitted' and entry.transaction = pg_current_xact_id()) then
        return query select (would.stands).* from gate.would_show(viewer, person, asked, 0) as would;
    end if;
end
$$;
