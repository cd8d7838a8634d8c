-- What an act on a company would close and open, for how many introductions. The act itself is done, and gate.standing is asked before and
-- after it. Then it is undone, with its entry, its mails and the sign-ins it ended. Only counts come back, so nothing is recorded.

-- Of which introductions of a company something is open at a moment, for selection and for contact: asked once.
create function gate.open_at(company uuid, t timestamptz, out selection uuid[], out contact uuid[])
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(standing.introduction_id) filter (where standing.selection_items <> 0), '{}'),
           coalesce(array_agg(standing.introduction_id) filter (where standing.contact_items <> 0), '{}')
    from gate.standing_at(t, null) as standing where standing.company_id = company
$$;

-- How many of the one are not among the other.
create function gate.gone(before uuid[], later uuid[]) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select count(*) from (select unnest(before) except select unnest(later)) as missing
$$;

-- "act" is a state of a company, "identity", "country", "position_closed", "position_open", "left_group", "joined" or "agreement". "about" is
-- the country, the position, the group agreement that is joined, or the agreement. An agreement is taken as signed by both, and asked about
-- on its first day. One row; none when the viewer may not do it, or nothing would be changed.
-- for: portal_web
create function gate.what_if(asked uuid, act text, about text default null)
returns table (introductions bigint, closes bigint, opens bigint, closes_selection bigint, opens_selection bigint, closes_contact bigint, opens_contact bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    was record;
    later record;
    done boolean;
    at timestamptz := now();
begin
    if (case when act = 'joined' then gate.refused_unless(gate.viewer(), 'compliance') else gate.refused_company(gate.viewer(), asked) end) is not null then
        return;
    end if;
    if act = 'agreement' then
        select greatest(now(), agreement.effective_at) into at from portal.agreement where agreement.id = about::uuid and agreement.company_id = asked;
    end if;
    select * into was from gate.open_at(asked, at);
    begin
        if act in ('active', 'suspended', 'terminated') then
            done := gate.set_company_status(asked, act, 'x');
        elsif act in ('position_closed', 'position_open') then
            done := gate.set_opening_status(asked, about::uuid, substr(act, 10));
        elsif act = 'identity' then
            update portal.company set identity_changed_at = now(), stood_as = gate.identity(company) where id = asked and identity_changed_at is null;
            done := found;
        elsif act = 'country' then
            update portal.company set country = about where id = asked and country is distinct from about;
            done := found;
        elsif act = 'agreement' then
            update portal.agreement set company_signed_at = coalesce(company_signed_at, now()), operator_signed_at = now()
            where id = about::uuid and company_id = asked and operator_signed_at is null and lacks is null;
            done := found;
            update portal.agreement set superseded_at = at
            where company_id = asked and id <> about::uuid and superseded_at is null and gate.in_force(agreement, now());
        elsif act = 'left_group' then
            done := gate.leave_group(asked) = 'left';
        elsif act = 'joined' then
            done := gate.join_group_agreement(asked, about::uuid, now(), now(), 'x', 'x', 'x', 'x') = 'joined';
        else
            raise exception 'gate.what_if: % is no act that it knows', act using errcode = 'invalid_parameter_value';
        end if;
        select * into later from gate.open_at(asked, at);
        raise exception 'undone' using errcode = 'UNDON';
    exception
        when sqlstate 'UNDON' then null;
        when sqlstate 'PT423' then return;  -- no signed agreement names that country
    end;
    if done then
        return query
        select (select count(*) from personal.introduction where introduction.company_id = asked),
               gate.gone(was.selection || was.contact, later.selection || later.contact),
               gate.gone(later.selection || later.contact, was.selection || was.contact),
               gate.gone(was.selection, later.selection), gate.gone(later.selection, was.selection),
               gate.gone(was.contact, later.contact), gate.gone(later.contact, was.contact);
    end if;
end
$$;

-- What a campaign for a version would close, were its moment now: how many companies it is about and have not signed, and for how many
-- introductions something closes to them, counted to 1,001. For compliance; one row, none for anybody else, or when there is no such template.
-- for: portal_web
create function gate.what_if_campaign(asked uuid) returns table (companies bigint, introductions bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    template portal.agreement_template;
    made portal.campaign;
    were uuid[];
    without uuid[];
begin
    if gate.refused_unless(gate.viewer(), 'compliance') is not null then
        return;
    end if;
    select found.* into template from portal.agreement_template as found where found.id = asked;
    if template.id is null then
        return;
    end if;
    begin
        update portal.campaign set called_off_at = least(now(), campaign.ends_at - interval '1 microsecond')
        where campaign.template_version = template.version and campaign.called_off_at is null;
        perform gate.spread_campaigns();
        insert into portal.campaign (template_version, reason, started_at, ends_at)
        values (template.version, 'asked', now() - interval '1 microsecond', now()) returning * into made;
        without := array(select found.company_id from gate.asked_to_sign(made) as found where found.state = 'closed');
        were := array(
            select standing.introduction_id from gate.standing as standing
            where standing.company_id = any (without) and (standing.selection_items | standing.contact_items) <> 0 limit 1001);
        perform gate.spread_campaigns();
        were := array(
            select standing.introduction_id from gate.standing as standing
            where standing.introduction_id = any (were) and standing.selection_items | standing.contact_items = 0);
        raise exception 'undone' using errcode = 'UNDON';
    exception when sqlstate 'UNDON' then null;
    end;
    return query select cardinality(without)::bigint, cardinality(were)::bigint;
end
$$;
