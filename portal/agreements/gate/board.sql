-- The board of companies: found, counted and paged in one statement each, which asks once whose they are. Only companies that are being set up
-- are looked at one by one.

-- Of these companies, those that are active and whose agreement in force ends within 60 days. Which of several that is, is said as in
-- gate.stages_of, but for all of them at once: from company to company it took seven times as long when every agreement ends soon.
create function gate.that_end_soon(asked uuid[]) returns setof uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company.id
    from (select distinct on (agreement.company_id) agreement.company_id, gate.end_of(agreement) as ends_at
          from portal.agreement
          where agreement.company_id = any (asked) and gate.in_force(agreement, now())
          order by agreement.company_id, agreement.effective_at desc, agreement.id) as nearest
    join portal.company on company.id = nearest.company_id
    left join gate.halted_companies() as halted on halted.company_id = company.id
    where nearest.ends_at <= now() + interval '60 days' and coalesce(halted.wanted, company.status) = 'active'
$$;

-- Up to "most" of this viewer's companies, by name and by code point, after a place or before it. "named" is part of a name in either
-- kind of letters, or a whole corporate number; "at_stage" a stage, or "ending".
-- for: portal_web
create function gate.company_board(named text, at_stage text, japanese boolean, place text, place_id uuid, backwards boolean, most integer)
returns table (id uuid, sorted_by text, name text, name_latin text, country text, group_name text, openings bigint,
               stage text, waits_for text, since timestamptz, agreement_number text, agreement_until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    own uuid[] := array(select gate.companies());
    folded text := lower(normalize(named, nfkc));
    narrowed uuid[];
    found uuid[];
begin
    narrowed := case
        when at_stage in ('draft', 'screening', 'screened', 'agreement_sent') then array(
            select stands.company_id
            from gate.stages_of(array(select company.id from portal.company where company.id = any (own) and company.status = 'pending')) as stands
            where stands.stage = at_stage)
        when at_stage = 'ending' then array(select gate.that_end_soon(own))
        when at_stage is not null then array(
            select company.id from portal.company left join gate.halted_companies() as halted on halted.company_id = company.id
            where company.id = any (own) and coalesce(halted.wanted, company.status) = at_stage)
        else own
    end;
    found := array(
        select listed.id
        from (select company.*, case when japanese then company.name else coalesce(company.name_latin, company.name) end collate "C" as sorted_by
              from portal.company where company.id = any (narrowed)) as listed
        where (folded is null or listed.corporate_number = named or strpos(listed.name_folded, folded) > 0)
          and (place is null or case when backwards then (listed.sorted_by, listed.id) < (place, place_id)
                                     else (listed.sorted_by, listed.id) > (place, place_id) end)
        order by case when backwards then null else listed.sorted_by end, case when backwards then null else listed.id end,
                 listed.sorted_by desc, listed.id desc
        limit most);
    return query
    select company.id, case when japanese then company.name else coalesce(company.name_latin, company.name) end, company.name, company.name_latin,
           company.country, company_group.name,
           (select count(*) from portal.opening where opening.company_id = company.id and opening.status = 'open'),
           stands.stage, stands.waits_for, stands.since, newest.number, newest.until
    from unnest(found) with ordinality as shown (id, number)
    join portal.company on company.id = shown.id
    join gate.stages_of(found) as stands on stands.company_id = company.id
    left join portal.group_member as member on member.company_id = company.id and member.until is null
    left join portal.company_group on company_group.id = member.group_id
    left join lateral (
        select agreement.number, gate.end_of(agreement) as until from portal.agreement
        where agreement.company_id = company.id and gate.in_force(agreement, now())
        order by agreement.effective_at desc, agreement.id desc limit 1) as newest on true
    order by case when backwards then -shown.number else shown.number end;
end
$$;

-- How many of this viewer's companies stand at each stage, and of how many of the active the agreement ends soon.
-- for: portal_web
create function gate.company_stage_counts() returns table (stage text, times bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    own uuid[] := array(select gate.companies());
begin
    return query
    select coalesce(halted.wanted, company.status), count(*)
    from portal.company left join gate.halted_companies() as halted on halted.company_id = company.id
    where company.id = any (own) and (company.status <> 'pending' or halted.wanted is not null) group by 1
    union all
    select stands.stage, count(*)
    from gate.stages_of(array(select company.id from portal.company where company.id = any (own) and company.status = 'pending')) as stands
    where stands.stage not in ('suspended', 'terminated') group by 1
    union all
    select 'ending', count(*) from gate.that_end_soon(own);
end
$$;
