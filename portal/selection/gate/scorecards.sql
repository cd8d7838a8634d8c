grant insert on personal.scorecard to portal_gate;

-- Scorecards: what each of a company's people makes of a candidate, by the criteria of the position. They serve the selection, so they are
-- filled in and read while it is open. A colleague's is shown to nobody who has not filled in their own, so that each judges for
-- themselves. No number is made of them. Of the operator, compliance alone reads them, when the person asks what is held about them.

-- What the rule has against scorecards about an introduction that was judged: nothing while anything of the selection is open or waits for
-- the offer.
create function gate.refused_scorecard(viewer gate.viewer_row, judged uuid, open_items integer, reasons bigint) returns bigint
language sql immutable as $$
    select case when judged is null then @no_such_record | gate.reasons_of(viewer) when open_items = 0 then reasons else 0 end
$$;

-- Those that stand: of each writer the newest row, with when the first was filled in and what that recommended.
create function gate.scorecards_standing(introduction uuid)
returns table (card personal.scorecard, first_id uuid, first_at timestamptz, first_recommendation text)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select distinct on (newest.written_by) newest, began.id, began.written_at, began.recommendation
    from personal.scorecard as newest
    join personal.scorecard as began
      on began.introduction_id = newest.introduction_id and began.written_by = newest.written_by and began.corrects is null
    where newest.introduction_id = introduction
      and not exists (select from personal.scorecard as later where later.corrects = newest.id)
    order by newest.written_by
$$;

-- What a viewer is given of them once the rule has let them: their own, how many colleagues filled one in, and those of colleagues when
-- their own is there.
create function gate.scorecards_for(viewer gate.viewer_row, introduction uuid, opening uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    with standing as (
        select (one.card).written_by = viewer.account_id as mine, one.first_at,
               jsonb_build_object('by', author.display_name, 'at', one.first_at, 'codes', criteria.codes, 'version', criteria.version,
                                  'ratings', (one.card).ratings, 'recommendation', (one.card).recommendation, 'note', (one.card).note,
                                  'corrected_at', case when (one.card).corrects is not null then (one.card).written_at end,
                                  'recommended_first', one.first_recommendation) as said
        from gate.scorecards_standing(introduction) as one
        join portal.criteria on criteria.id = (one.card).criteria_id
        join portal.account as author on author.id = (one.card).written_by
    )
    select jsonb_build_object(
        'codes', (gate.criteria_of(opening)).codes, 'version', (gate.criteria_of(opening)).version,
        'own', (select said from standing where mine),
        'others', (select count(*) from standing where not mine),
        'colleagues', (select coalesce(jsonb_agg(said order by first_at), '[]') from standing
                       where not mine and exists (select from standing as own where own.mine)))
$$;

-- The same for a candidate's page and a comparison, which are entries themselves: who recommends what, and nothing else.
create function gate.scorecards_in_brief(viewer gate.viewer_row, introduction uuid, opening uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'version', found -> 'version', 'own', found #> '{own,recommendation}', 'others', found -> 'others',
        'colleagues', (select coalesce(jsonb_agg(jsonb_build_array(one -> 'by', one -> 'recommendation')), '[]')
                       from jsonb_array_elements(found -> 'colleagues') as one))
    from gate.scorecards_for(viewer, introduction, opening) as found
$$;

-- The same on a page of their own, and the position whose criteria they have. Null when the selection is not open to the viewer.
-- for: portal_web
create function gate.scorecards(introduction uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    reasons bigint;
    found jsonb;
begin
    select * into judged from gate.judge(viewer, now()) as judge where judge.introduction_id = introduction;
    reasons := gate.refused_scorecard(viewer, judged.introduction_id, judged.selection_items | judged.selection_held, judged.selection_reasons);
    if reasons = 0 then
        found := gate.scorecards_for(viewer, introduction, judged.opening_id) || jsonb_build_object('opening', judged.opening_id);
    end if;
    perform gate.record(@'scorecards_read', viewer, null, reasons, introduction, purpose => @selection, consent => judged.consent_id,
                        agreement => judged.agreement_id, candidate => judged.candidate_id,
                        facts => jsonb_build_object('scorecards', nullif(jsonb_array_length(found -> 'colleagues'), 0)));
    return found;
end
$$;

-- "filled"; "corrected"; "unchanged", when it says what stands; "already", when one's own is there and no correction was asked for;
-- "meanwhile", when the criteria are not those that the page showed, or nothing of them is judged; "too_late", 24 hours after it was filled in; "names_ground" as of a
-- note (notes.sql); "over", when the selection has ended; or "refused". Only the first two keep anything. "given" has a rating by code:
-- what is not in it is not judged.
-- for: portal_web
create function gate.fill_in_scorecard(introduction uuid, shown integer, given jsonb, recommended text, remark text, correcting boolean, confirmed text[])
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    judged record;
    reasons bigint;
    own record;
    criteria portal.criteria;
    rated smallint[];
    answer text;
    made uuid;
begin
    remark := nullif(btrim(remark), '');
    correcting := coalesce(correcting, false);
    select * into judged from gate.judge(viewer, clock_timestamp()) as judge where judge.introduction_id = introduction;
    reasons := gate.refused_scorecard(viewer, judged.introduction_id, judged.selection_items | judged.selection_held, judged.selection_reasons);
    if reasons = 0 then
        select (standing.card).*, standing.first_at into own from gate.scorecards_standing(introduction) as standing
        where (standing.card).written_by = viewer.account_id;
        if own.id is null then
            criteria := gate.criteria_of(judged.opening_id);
        else
            select kept.* into criteria from portal.criteria as kept where kept.id = own.criteria_id;
        end if;
        rated := array(select coalesce((given ->> code)::smallint, 0) from unnest(criteria.codes) with ordinality as listed (code, place) order by place);
        answer := case when own.id is not null and (own.ratings, own.recommendation, own.note) is not distinct from (rated, recommended, remark) then 'unchanged'
                       when own.id is not null and not correcting then 'already'
                       when own.first_at + interval '24 hours' <= clock_timestamp() then 'too_late'
                       when criteria.version is distinct from shown or (correcting and own.id is null) or not rated && '{1,2,3,4}'::smallint[] then 'meanwhile' end;
        if answer is null and not gate.grounds_in(remark) <@ coalesce(confirmed, '{}') then
            return 'names_ground';
        end if;
    end if;
    if reasons = 0 and answer is null then
        insert into personal.scorecard (introduction_id, criteria_id, written_by, ratings, recommendation, note, corrects)
        values (introduction, criteria.id, viewer.account_id, rated, recommended, remark, own.id)
        on conflict do nothing returning id into made;
        answer := case when made is null then 'already' when correcting then 'corrected' else 'filled' end;
    end if;
    perform gate.record(
        @'scorecard_filled_in', viewer,
        case answer when 'unchanged' then @'nothing_to_correct' when 'already' then @'scorecard_there' when 'too_late' then @'hours_over'
                    when 'meanwhile' then @'criteria_changed' end,
        reasons, introduction, purpose => @selection, consent => judged.consent_id, agreement => judged.agreement_id, candidate => judged.candidate_id,
        subject => made, facts => case when made is not null then jsonb_build_object('correction', nullif(correcting, false), 'criteria_version', criteria.version) end);
    if made is not null then
        perform gate.queue_grounds(viewer, remark, introduction, viewer.company_id, judged.candidate_id, null);
    end if;
    return coalesce(answer, case when judged.contact_items <> 0 then 'over' else 'refused' end);
end
$$;

-- What a person is given of the scorecards about them when they ask what is held: all, with what was corrected, whichever company's.
create function gate.scorecards_about(person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'at', card.written_at, 'company', company.name, 'company_latin', company.name_latin, 'codes', criteria.codes, 'ratings', card.ratings,
        'recommendation', card.recommendation, 'note', card.note) order by card.written_at, card.id), '[]')
    from personal.scorecard as card
    join portal.criteria on criteria.id = card.criteria_id
    join personal.introduction on introduction.id = card.introduction_id
    join portal.company on company.id = introduction.company_id
    where introduction.candidate_id = person
$$;
