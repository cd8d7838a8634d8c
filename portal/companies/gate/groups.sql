grant insert, update (responsible_company_id) on portal.company_group to portal_gate;
grant insert on portal.group_list to portal_gate;
grant insert, update (until, ended_by) on portal.group_member to portal_gate;

-- A group of companies (S16): the company that answers for it, its members from when until when, and the list that it publishes, kept as
-- text by version. Being in a group opens nothing: an agreement and the person's consent to the company itself do.

-- The groups that this viewer may read: all for compliance and the operator's programs, for an account manager those that a company of theirs is or was in.
create function gate.groups_read() returns setof uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company_group.id from gate.viewer_or_program() as viewer cross join portal.company_group
    where viewer.role in ('compliance', 'operator_program')
       or viewer.role = 'account_manager' and exists (
           select from portal.group_member as member where member.group_id = company_group.id and member.company_id in (select gate.companies()))
$$;

-- All of them that are read, or the one that is asked for.
-- for: portal_web, portal_owner
create function gate.groups(asked uuid default null)
returns table (id uuid, reference text, name text, name_latin text, responsible_id uuid, responsible text, responsible_latin text, members bigint,
               list_version integer, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company_group.id, company_group.reference, company_group.name, company_group.name_latin, company.id, company.name, company.name_latin,
           (select count(*) from portal.group_member as member where member.group_id = company_group.id and member.until is null),
           (select max(list.version) from portal.group_list as list where list.group_id = company_group.id),
           coalesce(gate.refused_company(gate.viewer(), company.id) is null, false)
    from portal.company_group left join portal.company on company.id = company_group.responsible_company_id
    where company_group.id in (select gate.groups_read()) and (asked is null or company_group.id = asked)
    order by company_group.name collate "C", company_group.id
$$;

-- The companies that are or were in a group, those that are first, by name. "mine" says whether the viewer looks after it.
-- for: portal_web, portal_owner
create function gate.group_members(asked uuid)
returns table (company_id uuid, name text, name_latin text, corporate_number text, country text, since timestamptz, until timestamptz, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company.id, company.name, company.name_latin, company.corporate_number, company.country, member.since, member.until,
           gate.refused_company(gate.viewer(), company.id) is null
    from portal.group_member as member join portal.company on company.id = member.company_id
    where member.group_id = asked and asked in (select gate.groups_read())
    order by member.until nulls first, company.name collate "C", company.id
$$;

-- for: portal_web, portal_owner
create function gate.group_lists(asked uuid)
returns table (version integer, address text, published_on date, text text, digest bytea, added_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select list.version, list.address, list.published_on, list.text, list.digest, list.added_at
    from portal.group_list as list where list.group_id = asked and asked in (select gate.groups_read()) order by list.version desc
$$;

-- The group that a company is in; no row when it is in none, or not for this viewer.
-- for: portal_web
create function gate.group_of(company uuid) returns table (id uuid, name text, name_latin text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select company_group.id, company_group.name, company_group.name_latin
    from portal.group_member as member join portal.company_group on company_group.id = member.group_id
    where member.company_id = group_of.company and member.until is null and group_of.company in (select gate.companies())
$$;

create function gate.in_a_group(company uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.group_member as member where member.company_id = in_a_group.company and member.until is null)
$$;

create function gate.add_list(asked uuid, address text, published_on date, list_text text) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.group_list (group_id, version, address, published_on, text, added_by)
    select asked, coalesce(max(former.version), 0) + 1, add_list.address, add_list.published_on, list_text, (gate.viewer()).account_id
    from portal.group_list as former where former.group_id = asked
$$;

-- A group with the company that answers for it and its list: 'made'; 'in_group' when the company is in one already. No row: it is not this
-- viewer's.
-- for: portal_web, portal_owner
create function gate.make_group(responsible uuid, name text, name_latin text, address text, published_on date, list_text text)
returns table (result text, group_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    held portal.company := gate.hold_company(@'group_made', responsible);
begin
    if held.id is null then
        return;
    end if;
    result := case when gate.in_a_group(responsible) then 'in_group' else 'made' end;
    if result = 'made' then
        insert into portal.company_group (reference, name, name_latin, responsible_company_id)
        values ('GR-' || gen_random_uuid(), make_group.name, make_group.name_latin, responsible) returning id into group_id;
        perform gate.add_list(group_id, address, published_on, list_text);
        insert into portal.group_member (group_id, company_id, added_by) values (group_id, responsible, (gate.viewer()).account_id);
        perform gate.record(@'group_made', gate.viewer_or_program(), company => responsible, subject => group_id);
    else
        perform gate.record(@'group_made', gate.viewer_or_program(), @'not_now', company => responsible);
    end if;
    return next;
end
$$;

-- Which of its members answers for a group that a file brought: by a program of the operator, once. 'answers'; 'answered' when one does
-- already, 'no_member' when the company is not in it.
-- for: portal_owner
create function gate.answer_for_group(asked uuid, company uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_company(@'group_made', answer_for_group.company);
    answer text;
begin
    answer := case
        when not exists (select from portal.group_member as found
                         where found.group_id = asked and found.company_id = held.id and found.until is null) then 'no_member'
        when exists (select from portal.company_group as found where found.id = asked and found.responsible_company_id is not null) then 'answered'
        else 'answers'
    end;
    if answer = 'answers' then
        update portal.company_group set responsible_company_id = held.id where id = asked;
    end if;
    perform gate.record(@'group_made', gate.viewer_or_program(), case when answer <> 'answers' then @'not_now' end,
                        company => held.id, subject => asked);
    return answer;
end
$$;

-- A newer version of a group's list, by whoever looks after the company that answers for the group. False: it stands like this already.
-- Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.publish_list(asked uuid, address text, published_on date, list_text text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_company(@'group_list_published', (
        select responsible_company_id from portal.company_group where company_group.id = asked));
    newest portal.group_list;
begin
    if held.id is null then
        return null;
    end if;
    select list.* into newest from portal.group_list as list where list.group_id = asked order by list.version desc limit 1;
    if (newest.address, newest.published_on, newest.text) is not distinct from (publish_list.address, publish_list.published_on, list_text) then
        return false;
    end if;
    perform gate.add_list(asked, publish_list.address, publish_list.published_on, list_text);
    perform gate.record(@'group_list_published', gate.viewer_or_program(), company => held.id, subject => asked,
                        document_digest => portal.text_digest(list_text));
    return true;
end
$$;

-- The names of a list: what stands in one line between commas, tabs, brackets and bullets, without blanks and in one width.
create function gate.listed_names(list text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select lower(gate.unspaced(normalize(name, nfkc))) from regexp_split_to_table(normalize(list, nfkc), E'[\n\r\t,、;:|()\\[\\]「」『』【】•・●○◆◇■□※]+') as name
    where gate.unspaced(name) <> ''
$$;

-- Whether a viewer can enter a company into a group: its newest list names the company, or the company that answers for it is theirs, too.
-- What a group lists is published by that company, and so nobody else enters what it did not name: the name stands there by itself, as it is or without its bullets,
-- and not as a part of another company's.
create function gate.may_enter(viewer gate.viewer_row, asked uuid, company portal.company) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select viewer.role = 'operator_program'
        or exists (select from portal.company_group as found where found.id = asked and gate.keeps(viewer, found.responsible_company_id))
        or exists (select from (select list.text from portal.group_list as list where list.group_id = asked order by list.version desc limit 1) as newest
                   where lower(gate.unspaced(normalize(company.name, nfkc))) in (
                       select gate.listed_names(newest.text)
                       union select lower(gate.unspaced(normalize(line, nfkc))) from regexp_split_to_table(newest.text, '[\n\r]+') as line))
$$;

-- 'added'; 'in_group' when the company is in a group already; 'not_listed' when the group's newest list does not name it. Null: the company is
-- not this viewer's, or there is no such group.
-- for: portal_web, portal_owner
create function gate.add_group_member(asked uuid, company uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_company(@'group_member_added', add_group_member.company);
begin
    if held.id is null then
        return null;
    elsif not exists (select from portal.company_group where company_group.id = asked) then
        perform gate.record(@'group_member_added', gate.viewer_or_program(), @'no_such_record', company => held.id);
        return null;
    elsif gate.in_a_group(held.id) then
        perform gate.record(@'group_member_added', gate.viewer_or_program(), @'not_now', company => held.id);
        return 'in_group';
    elsif not gate.may_enter(gate.viewer_or_program(), asked, held) then
        perform gate.record(@'group_member_added', gate.viewer_or_program(), @'not_now', company => held.id);
        return 'not_listed';
    end if;
    insert into portal.group_member (group_id, company_id, since, added_by)
    select asked, held.id, greatest(now(), max(former.until) + interval '1 microsecond'), (gate.viewer()).account_id  -- it may have left since now
    from portal.group_member as former where former.company_id = held.id;
    perform gate.record(@'group_member_added', gate.viewer_or_program(), company => held.id, subject => asked);
    return 'added';
end
$$;

-- The company leaves its group, and what it was under as a member of it closes in that moment: 'left'; 'responsible' when it answers for the
-- group and others are in it; 'none' when it is in no group. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.leave_group(company uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    held portal.company := gate.hold_company(@'group_member_left', leave_group.company);
    member portal.group_member;
begin
    if held.id is null then
        return null;
    end if;
    select found.* into member from portal.group_member as found where found.company_id = held.id and found.until is null for no key update;
    if member.id is null or exists (
        select from portal.company_group join portal.group_member as other on other.group_id = company_group.id and other.until is null
        where company_group.id = member.group_id and company_group.responsible_company_id = held.id and other.company_id <> held.id) then
        perform gate.record(@'group_member_left', gate.viewer_or_program(), @'not_now', company => held.id);
        return case when member.id is null then 'none' else 'responsible' end;
    end if;
    update portal.group_member set until = greatest(now(), since), ended_by = (gate.viewer()).account_id where id = member.id;
    perform gate.record(@'group_member_left', gate.viewer_or_program(), company => held.id, subject => member.group_id);
    return 'left';
end
$$;

-- What a group is called: its names, and the same with the company that answers for it in brackets, as the page writes it, without blanks.
create function gate.group_called(found portal.company_group) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array_agg(lower(gate.unspaced(normalize(one, nfkc))))
    from portal.company as answers,
         unnest(array[found.name, found.name_latin, found.name || '(' || answers.name || ')',
                      coalesce(found.name_latin, found.name) || '(' || coalesce(answers.name_latin, answers.name) || ')']) as one
    where answers.id = found.responsible_company_id and one is not null
$$;

-- Up to 20 groups that a company of this viewer's can enter and that are called so, each with the company that answers for it. Those whose name
-- is just that come first. A group can be asked for by its id, too.
-- for: portal_web
create function gate.groups_to_enter(company uuid, named text default '')
returns table (id uuid, name text, name_latin text, responsible text, responsible_latin text, is_just_that boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select found.id, found.name, found.name_latin, answers.name, answers.name_latin, found.id::text = named or asked.name = any (asked.called)
    from portal.company as mine cross join portal.company_group as found
    join portal.company as answers on answers.id = found.responsible_company_id
    cross join lateral (select lower(gate.unspaced(normalize(named, nfkc))) as name, gate.group_called(found) as called) as asked
    where mine.id = groups_to_enter.company and gate.refused_company(gate.viewer(), mine.id) is null
      and (found.id::text = named or strpos(array_to_string(asked.called, E'\n'), asked.name) > 0)
      and gate.may_enter(gate.viewer(), found.id, mine)
    order by 6 desc, found.name collate "C", found.id
    limit 20
$$;
