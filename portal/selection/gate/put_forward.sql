-- Introductions are made: by whoever looks after the company, or by an import.

-- One introduction and its entry. Whoever calls has asked whether it may be made.
create function gate.put_introduction(viewer gate.viewer_row, reference text, code text, candidate uuid, opening uuid, stage text, at timestamptz)
returns uuid
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made personal.introduction;
    imported boolean := viewer.role = 'operator_program';
begin
    insert into personal.introduction (reference, code, candidate_id, company_id, opening_id, stage, introduced_at, last_activity_at)
    select put_introduction.reference, put_introduction.code, candidate, position_of.company_id, position_of.id, put_introduction.stage, at, at
    from portal.opening as position_of where position_of.id = put_introduction.opening
    returning * into made;
    if imported then
        perform gate.record(@'introduction_imported', viewer, company => made.company_id, subject => made.id, candidate => made.candidate_id,
                            facts => jsonb_build_object('new', true, 'stage', made.stage));
    else
        perform gate.record(@'introduction_made', viewer, introduction => made.id, company => made.company_id, subject => made.id,
                            candidate => made.candidate_id);
    end if;
    return made.id;
end
$$;

-- What an import brings was introduced already: the rule, and not the import, decides what is open of it.
-- for: portal_owner
create function gate.import_introduction(reference text, code text, candidate uuid, opening uuid, stage text, at timestamptz) returns uuid
language sql security definer set search_path = pg_catalog, pg_temp as $$
    select gate.put_introduction(gate.viewer_or_program(), reference, code, candidate, opening, stage, at)
$$;

-- Puts chosen candidates forward for an opening, up to 100. A row for each: "made", "already" when it was done before, "refused" with why.
-- Whoever has no live consent to this company is refused, in the same words as a candidate who does not exist. So is whoever nothing
-- would be open of for selection. Null in "reference" is such a candidate. The company's recruiters get one mail.
-- for: portal_web
create function gate.put_forward(of_company uuid, asked uuid, chosen uuid[], codes text[])
returns table (result text, reference text, reasons text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_opening(viewer, of_company, asked);
    judged record;
    made integer := 0;
begin
    if refusal is not null then
        perform gate.record(@'introduction_made', viewer, refusal);
        return;
    end if;
    if cardinality(chosen) > least(cardinality(codes), 100) then
        raise exception 'up to 100 candidates, and a code for each' using errcode = 'invalid_parameter_value';
    end if;
    -- A page sent twice waits here for itself, and for nothing else: the position can be closed meanwhile.
    perform pg_advisory_xact_lock(hashtextextended('put_forward ' || asked, 0));
    for judged in
        select listed.candidate, listed.place, candidate.id, candidate.reference, standing.selection_reasons as why,
               exists (select from personal.introduction where candidate_id = listed.candidate and opening_id = asked) as already
        from (select candidate, min(place) as place from unnest(chosen) with ordinality as sent(candidate, place) group by candidate) as listed
        left join personal.candidate on candidate.id = listed.candidate
        left join gate.would_be(array(select candidate.id from personal.candidate where candidate.id = any (chosen)
                                      and not exists (select from personal.introduction where candidate_id = candidate.id and opening_id = asked)),
                                asked) as standing on standing.candidate_id = candidate.id
        order by listed.place
    loop
        if judged.already then
            return query select 'already', judged.reference, null::text[];
        elsif judged.id is null or not gate.has_live_consent(judged.why) then
            perform gate.record(@'introduction_made', viewer, @'no_such_record', company => of_company, candidate => judged.id);
            return query select 'refused', null::text, array[@'no_such_record'];
        elsif judged.why <> 0 then
            perform gate.record(@'introduction_made', viewer, reasons => judged.why, company => of_company, candidate => judged.id);
            return query select 'refused', judged.reference, gate.reason_codes(judged.why);
        else
            perform gate.put_introduction(viewer, 'I-' || gen_random_uuid(), codes[judged.place], judged.id, asked, 'introduced', now());
            made := made + 1;
            return query select 'made', judged.reference, null::text[];
        end if;
    end loop;
    if made > 0 then
        perform gate.put_mail('candidates_introduced', account.id) from portal.account
        where account.company_id = of_company and account.role = 'recruiter' and account.status = 'active' and account.notices = 'at_once';
    end if;
end
$$;
