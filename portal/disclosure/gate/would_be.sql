-- Introductions that do not exist yet, judged by the rule itself: they are made, gate.standing is asked, and they are undone before
-- anybody else can see them. No second copy of the rule is kept for them.

-- A code that no introduction has: selection/codes.py makes none without a digit. The number keeps those of one call apart.
create function gate.code_of_none(number bigint) returns text
language sql volatile set search_path = pg_catalog, pg_temp as $$
    select 'SK-' || translate(left(md5(gen_random_uuid()::text), 5) || lpad(to_hex(number & 4095), 3, '0'), '0123456789abcdef', 'GHJKMNPQRSABCDEF')
$$;

create function gate.would_be(candidates uuid[], opening uuid) returns setof gate.standing
language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    judged gate.standing[];
begin
    begin
        with made as (
            insert into personal.introduction (reference, code, candidate_id, company_id, opening_id)
            select 'would-be-' || gen_random_uuid(), gate.code_of_none(row_number() over ()), listed.candidate, position_of.company_id, position_of.id
            from (select distinct unnest(candidates) as candidate) as listed
            join portal.opening as position_of on position_of.id = would_be.opening
            returning id
        )
        select array_agg(made.id) into candidates from made;
        judged := array(select standing from gate.standing where standing.introduction_id = any (candidates));
        raise exception 'undone' using errcode = 'UNDON';
    exception when sqlstate 'UNDON' then null;
    end;
    return query select (one).* from unnest(judged) as one;
end
$$;

-- Which reasons say that a person has no live consent to the company: these people are not told of at all.
create function gate.has_live_consent(reasons bigint) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select reasons & (@consent_not_given | @consent_withdrawn | @consent_expired | @consent_unsupported | @consent_before_lifting | @consent_to_former_recipient
                      | @candidate_erased) = 0
$$;

-- Who can be chosen for an opening: those whose consent names its company and is live, by their numbers, and what would open for each
-- purpose. Who was introduced for it is not among them. The rule decides; what is asked of consents before it only spares it work.
-- for: portal_web
create function gate.candidates_to_put_forward(of_company uuid, asked uuid, after_reference text, after_id uuid, page_size integer)
returns table (candidate_id uuid, reference text, given_at timestamptz, until timestamptz, selection_items text[], contact_items text[], reasons text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_opening(viewer, of_company, asked);
    batch uuid[];
    missing integer := least(page_size, 101);
    added integer;
begin
    perform gate.record(@'candidates_offered', viewer, refusal, company => case when refusal is null then of_company end,
                        subject => case when refusal is null then asked end);
    while refusal is null and missing > 0 loop
        batch := array(
            select candidate.id from personal.candidate
            where candidate.id in (select consent.candidate_id from personal.consent
                                   where consent.company_id = of_company and consent.given_at <= now() and consent.lacks is null
                                     and coalesce(consent.withdrawn_at > now(), true) and coalesce(consent.expires_at > now(), true))
              and not exists (select from personal.introduction where candidate_id = candidate.id and opening_id = asked)
              and (after_id is null or (candidate.reference collate "C", candidate.id) > (after_reference, after_id))
            order by candidate.reference collate "C", candidate.id limit 101);
        exit when batch = '{}';
        return query
        select candidate.id, candidate.reference, consent.given_at, consent.expires_at, gate.item_codes(judged.selection_items),
               gate.item_codes(judged.contact_items), gate.reason_codes(judged.selection_reasons)
        from gate.would_be(batch, asked) as judged
        join personal.candidate on candidate.id = judged.candidate_id
        join personal.consent on consent.id = judged.consent_id
        where gate.has_live_consent(judged.selection_reasons)
        order by candidate.reference collate "C", candidate.id limit missing;
        get diagnostics added = row_count;
        missing := missing - added;
        select candidate.reference, candidate.id into after_reference, after_id from personal.candidate where candidate.id = batch[cardinality(batch)];
    end loop;
end
$$;
