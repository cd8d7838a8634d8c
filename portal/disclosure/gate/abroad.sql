-- What is closed because a company, or a network of it, is outside Japan; and what its networks would close, before they are saved.
-- Only counts come back, so nothing is recorded.

-- The networks of a company, or those that somebody is about to name for it, each with the country it is in; null where it is not known.
-- for: portal_web
create function gate.company_networks(asked uuid, wanted cidr[] default null) returns table (range cidr, country text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select named.range, gate.country_of(named.range) from unnest(coalesce(wanted, gate.networks_of(asked))) as named (range)
    where gate.refused_company(gate.viewer(), asked) is null
    order by named.range
$$;

-- Of up to 1,001 introductions, how many are closed for selection by each reason that has to do with the company's country. And how many
-- are open that would be closed to a network outside Japan. No row for whoever does not look after the company.
-- for: portal_web
create function gate.closed_abroad(asked uuid)
returns table (introductions bigint, must_stay bigint, without_notice bigint, country_unknown bigint, only_in_japan bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*),
           count(*) filter (where judged.selection_reasons & @company_outside_japan <> 0),
           count(*) filter (where judged.selection_reasons & @foreign_transfer_notice_missing <> 0),
           count(*) filter (where judged.selection_reasons & @company_country_unknown <> 0),
           count(*) filter (where judged.japan_only and judged.selection_items | judged.contact_items <> 0)
    from (select * from gate.standing where standing.company_id = asked limit 1001) as judged
    having gate.refused_company(gate.viewer(), asked) is null
$$;

-- The networks are written, each person who is signed in is asked about, and they are undone. How many are signed in, and how many of them
-- come from elsewhere, or from where nobody knows. For how many introductions something is open that they could open no more.
-- for: portal_web
create function gate.what_if_networks(asked uuid, wanted cidr[]) returns table (people bigint, outside bigint, unknown bigint, introductions bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    if gate.refused_company(gate.viewer(), asked) is not null then
        return;
    end if;
    begin
        perform gate.write_networks(asked, wanted, null);
        select count(distinct account.id),
               count(distinct account.id) filter (where not gate.within_networks(asked, session.ip)),
               count(distinct account.id) filter (where gate.within_networks(asked, session.ip) is null)
        into people, outside, unknown
        from gate.live_session as session
        join portal.account on account.id = session.account_id and account.status = 'active' and account.capacity = session.capacity
        where account.company_id = asked;
        raise exception 'undone' using errcode = 'UNDON';
    exception when sqlstate 'UNDON' then null;
    end;
    select count(distinct one) into introductions from gate.open_at(asked, now()) as found, unnest(found.selection || found.contact) as one;
    return next;
end
$$;
