-- A group agreement (S17) is concluded with the company that answers for a group. It is for the members that its text lists as they are when it is
-- signed. A member that joins it gets a row of its own that says the same. So the rule reads it as any other agreement of a company.
-- Joint use (APPI 27(5)(iii)) opens nothing by itself here: each person consents to each company.

-- A group as it is at a moment, as a text lists it: with the list that was published by then.
create function gate.group_terms(asked uuid, t timestamptz) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'name', company_group.name, 'name_latin', company_group.name_latin,
        'list_version', list.version, 'list_address', list.address, 'list_published_on', list.published_on, 'list_digest', encode(list.digest, 'hex'),
        'members', (
            select coalesce(jsonb_agg(jsonb_build_object('id', company.id, 'name', company.name, 'name_latin', company.name_latin,
                                                         'number', company.corporate_number, 'country', company.country)
                                      order by company.name collate "C", company.id), '[]')
            from portal.group_member as member join portal.company on company.id = member.company_id
            where member.group_id = asked and member.since <= t and (member.until is null or member.until > t)))
    from portal.company_group left join lateral (
        select newest.* from portal.group_list as newest
        where newest.group_id = asked and newest.published_on <= gate.day_of(t) order by newest.version desc limit 1) as list on true
    where company_group.id = asked
$$;

-- The same as lines for the digest of what is signed.
create function gate.group_lines(terms jsonb) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select array[terms ->> 'name', terms ->> 'list_address', terms ->> 'list_published_on', terms ->> 'list_digest']
        || array(select concat_ws(' ', one ->> 'id', one ->> 'country', one ->> 'number', one ->> 'name')
                 from jsonb_array_elements(terms -> 'members') with ordinality as listed (one, place) order by place)
$$;

-- The same as words of the text.
create function gate.group_words(terms jsonb, spoken jsonb, language text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when terms is null then spoken ->> 'no_group' else replace(replace(replace(replace(replace(
        spoken ->> 'group_of', '%name%', case language when 'ja' then terms ->> 'name' else coalesce(terms ->> 'name_latin', terms ->> 'name') end),
        '%list%', coalesce(terms ->> 'list_version', '–')), '%address%', coalesce(terms ->> 'list_address', '–')),
        '%day%', coalesce(gate.day_in_words(((terms ->> 'list_published_on')::timestamp) at time zone 'Asia/Tokyo', language), '–')),
        '%members%', coalesce((
            select string_agg(case language when 'ja' then one ->> 'name' else coalesce(one ->> 'name_latin', one ->> 'name') end
                              || coalesce(case language when 'ja' then '（' else ' (' end || (one ->> 'number') || case language when 'ja' then '）' else ')' end, ''),
                              case language when 'ja' then '、' else ', ' end order by place)
            from jsonb_array_elements(terms -> 'members') with ordinality as listed (one, place)), '–')) end
$$;

-- Whether the list names each member, and the company that the agreement is concluded with is one.
create function gate.list_names_all(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((
        select bool_and(strpos(gate.unspaced(list.text), gate.unspaced(one ->> 'name')) > 0) and bool_or((one ->> 'id')::uuid = agreement.company_id)
        from portal.group_list as list cross join jsonb_array_elements(agreement.group_terms -> 'members') as one
        where list.group_id = agreement.group_id and list.version = (agreement.group_terms ->> 'list_version')::integer), false)
$$;

-- Whether the words that a text from outside quotes name the group and each of its members.
create function gate.group_quoted(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(bool_and(strpos(gate.unspaced(gate.quoted(agreement, 'group')), gate.unspaced(named.word)) > 0), false)
    from (select agreement.group_terms ->> 'name' union all
          select one ->> 'name' from jsonb_array_elements(agreement.group_terms -> 'members') as one) as named (word)
$$;

create function gate.is_listed(agreement portal.agreement, company uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from jsonb_array_elements(agreement.group_terms -> 'members') as one where (one ->> 'id')::uuid = company)
$$;

-- What a member's joining lacks; null when nothing: it says what the group agreement says, which both have signed and which lists the company.
create function gate.joining_lacks(agreement portal.agreement) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select nullif(array_remove(array[
        case when gate.is_blank(agreement.company_name, agreement.company_address, agreement.company_representative, agreement.company_country)
                or agreement.company_country = 'JP' and gate.is_blank(agreement.company_corporate_number)
             then 'company_particulars_missing' end,
        case when gate.is_blank(agreement.signatory_name, agreement.signatory_title) then 'signatory_missing' end,
        case when gate.is_blank(agreement.signatory_authority) then 'authority_missing' end,
        case when gate.is_blank(agreement.evidence) then 'evidence_missing' end,
        case when parent.lacks is not null or parent.group_id is null or parent.joined_agreement_id is not null
                or parent.company_signed_at is null or parent.operator_signed_at is null or parent.operator_signed_at > agreement.operator_signed_at
             then 'group_agreement_not_signed' end,
        case when not gate.is_listed(parent, agreement.company_id) or parent.company_id = agreement.company_id then 'not_in_group_list' end,
        case when (agreement.items, agreement.purposes, agreement.contact_days, agreement.inactive_days, agreement.daily_downloads, agreement.fair_screening,
                   agreement.territory)
                is distinct from (parent.items, parent.purposes, parent.contact_days, parent.inactive_days, parent.daily_downloads, parent.fair_screening,
                   parent.territory)
                or agreement.effective_at < parent.effective_at
             then 'differs_from_group_agreement' end
    ], null), '{}')
    from portal.agreement as parent where parent.id = agreement.joined_agreement_id
$$;

-- When a company left the group after it had joined its agreement; null while it is in it. What was never a member's is over from the start.
create function gate.left_group_at(agreement portal.agreement) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select nullif(coalesce(max(coalesce(member.until, 'infinity')), agreement.effective_at), 'infinity')
    from portal.group_member as member
    join portal.agreement as parent on parent.id = agreement.joined_agreement_id and parent.group_id = member.group_id
    where member.company_id = agreement.company_id and member.since <= agreement.operator_signed_at
$$;

-- The part of a row that says whom it binds: reckoned before it is signed, and kept as it was then.
create function gate.with_group(agreement portal.agreement, signed_before boolean) returns portal.agreement
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    parent portal.agreement;
begin
    if agreement.joined_agreement_id is not null then
        select found.* into parent from portal.agreement as found where found.id = agreement.joined_agreement_id;
        if not signed_before then
            agreement.group_id := parent.group_id;
            agreement.group_terms := parent.group_terms;
            agreement.template_version := parent.template_version;
            agreement.text := parent.text;
        end if;
        agreement.group_ends_at := gate.end_of(parent);
        agreement.left_at := gate.left_group_at(agreement);
    elsif not signed_before then
        agreement.group_terms := case when agreement.group_id is not null
                                      then gate.group_terms(agreement.group_id, coalesce(agreement.company_signed_at, now())) end;
    end if;
    return agreement;
end
$$;

-- What stands on a group is reckoned again when it changes: texts that nobody has signed, and what its members joined. A text that somebody
-- holds is left to them, so that no signatory keeps a member in the group: it is reckoned again before it is signed.
create function gate.spread_group() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    update portal.agreement set superseded_at = superseded_at
    where id in (
        select unsigned.id from portal.agreement as unsigned
        where unsigned.joined_agreement_id is null and unsigned.company_signed_at is null
          and unsigned.group_id in (select (one ->> 'group_id')::uuid from (values (to_jsonb(new)), (to_jsonb(old))) as listed (one))
        for no key update of unsigned skip locked);
    if tg_table_name = 'group_member' then
        update portal.agreement set superseded_at = superseded_at
        where joined_agreement_id is not null
          and company_id in (select (one ->> 'company_id')::uuid from (values (to_jsonb(new)), (to_jsonb(old))) as listed (one));
    end if;
    return null;
end
$$;
create trigger spread after insert or update or delete on portal.group_member for each row execute function gate.spread_group();
create trigger spread after insert on portal.group_list for each row execute function gate.spread_group();

create function gate.spread_group_agreement() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    update portal.agreement set superseded_at = superseded_at where joined_agreement_id = new.id;
    return null;
end
$$;
create trigger spread after update on portal.agreement for each row
when (new.group_id is not null and new.joined_agreement_id is null) execute function gate.spread_group_agreement();

-- The agreement of a group that a company may join or has joined: the newest signed by both that has not ended.
create function gate.agreement_of_group(asked uuid) returns portal.agreement
language sql stable set search_path = pg_catalog, pg_temp as $$
    select agreement from portal.agreement
    where agreement.group_id = asked and agreement.joined_agreement_id is null and agreement.lacks is null
      and agreement.company_signed_at is not null and agreement.operator_signed_at is not null and coalesce(gate.end_of(agreement) > now(), true)
    order by agreement.effective_at desc, agreement.id desc limit 1
$$;

-- Of each member of a group, whether the group agreement lists it, and the agreement that it is under as a member.
-- for: portal_web
create function gate.group_standing(asked uuid)
returns table (company_id uuid, agreement_id uuid, number text, version integer, ends_at timestamptz, listed boolean, joined_id uuid, joined_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select member.company_id, parent.id, parent.number, parent.version, gate.end_of(parent),
           gate.is_listed(parent, member.company_id), joined.id, joined.operator_signed_at
    from portal.group_member as member
    cross join lateral gate.agreement_of_group(asked) as parent
    left join lateral (
        select found.id, found.operator_signed_at from portal.agreement as found
        where found.company_id = member.company_id and found.joined_agreement_id = parent.id and gate.in_force(found, greatest(now(), found.effective_at))
        order by found.operator_signed_at desc limit 1) as joined on true
    where member.group_id = asked and member.until is null and parent.id is not null and asked in (select gate.groups_read())
$$;

-- A member joins the group agreement, by a statement of its own representative that compliance has seen: 'joined'. Else what keeps it from
-- that. 'no_agreement': none is signed by both. 'not_member', 'not_listed'. 'party': it is concluded with this company. 'overlaps': the
-- company has another agreement that goes on then. 'not_complete': its record lacks what an agreement needs. 'changed': it is not called
-- what the list says. 'future': the statement is of later than now. Null: it is not for this viewer.
-- for: portal_web
create function gate.join_group_agreement(company uuid, agreement uuid, begins timestamptz, signed_at timestamptz, signatory_name text,
                                          signatory_title text, signatory_authority text, evidence text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    member portal.company;
    parent portal.agreement;
    answer text;
    made uuid;
begin
    if refusal is null then
        select found.* into member from portal.company as found where found.id = join_group_agreement.company for no key update;
        viewer := gate.viewer();
        select found.* into parent from portal.agreement as found where found.id = join_group_agreement.agreement;
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case
            when member.id is null or parent.group_id is null or parent.joined_agreement_id is not null or gate.state_of(member) = 'terminated'
                then @'no_such_record' end);
    end if;
    answer := case
        when refusal is not null then null
        when (gate.agreement_of_group(parent.group_id)).id is distinct from parent.id then 'no_agreement'
        when parent.company_id = member.id then 'party'
        when not exists (select from portal.group_member as found where found.company_id = member.id and found.group_id = parent.group_id
                                                                      and found.until is null) then 'not_member'
        when not gate.is_listed(parent, member.id) then 'not_listed'
        when gate.record_lacks(member) <> '{}' then 'not_complete'
        when not exists (select from jsonb_array_elements(parent.group_terms -> 'members') as one
                         where (one ->> 'id')::uuid = member.id and one ->> 'name' = member.name
                           and one ->> 'number' is not distinct from member.corporate_number
                           and one ->> 'country' is not distinct from member.country) then 'changed'
        when join_group_agreement.signed_at > now() then 'future'
        when exists (select from portal.agreement as other
                     where other.company_id = member.id and other.lacks is null
                       and other.company_signed_at is not null and other.operator_signed_at is not null
                       and coalesce(gate.end_of(other) > greatest(now(), begins, parent.effective_at), true)) then 'overlaps'
        else 'joined'
    end;
    if answer is distinct from 'joined' then
        perform gate.record(@'group_agreement_joined', viewer, coalesce(refusal, @'not_now'), company => member.id, agreement => parent.id);
        return answer;
    end if;
    insert into portal.agreement (
        reference, company_id, number, version, items, purposes, contact_days, grace_days, inactive_days, daily_downloads, fair_screening, territory, text, passages,
        effective_at, expires_at, joined_agreement_id, company_name, company_name_latin, company_address, company_representative,
        company_corporate_number, company_country, operator_name, operator_address, operator_representative,
        signatory_name, signatory_title, signatory_authority, evidence, company_signed_at, operator_signed_at, operator_signed_by)
    select 'AG-' || gen_random_uuid(), member.id,
           parent.number || '-' || (select count(*) + 1 from portal.agreement as other where other.joined_agreement_id = parent.id), parent.version,
           parent.items, parent.purposes, parent.contact_days, parent.grace_days, parent.inactive_days, parent.daily_downloads, parent.fair_screening,
           parent.territory,
           parent.text, parent.passages, greatest(begins, parent.effective_at), parent.expires_at, parent.id,
           member.name, member.name_latin, member.address, member.representative, member.corporate_number, member.country,
           parent.operator_name, parent.operator_address, parent.operator_representative,
           join_group_agreement.signatory_name, join_group_agreement.signatory_title, join_group_agreement.signatory_authority,
           join_group_agreement.evidence, join_group_agreement.signed_at, now(), viewer.account_id
    returning id into made;
    perform gate.record(@'group_agreement_joined', viewer, company => member.id, agreement => made, subject => made);
    return answer;
end
$$;

-- Whether a company is under the agreement of its group at a moment.
create function gate.joined_at(company uuid, t timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.agreement as joined
                   where joined.company_id = joined_at.company and joined.joined_agreement_id is not null and gate.in_force(joined, t))
$$;

-- Whether a company is under the agreement of its group, or will be, while this agreement goes on.
create function gate.joined_beside(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from portal.agreement as joined
        where joined.company_id = agreement.company_id and joined.joined_agreement_id is not null and joined.id <> agreement.id and joined.lacks is null
          and joined.company_signed_at is not null and joined.operator_signed_at is not null
          and coalesce(gate.end_of(joined) > greatest(now(), agreement.effective_at), true)
          and coalesce(joined.effective_at < gate.end_of(agreement), true))
$$;
