-- What an agreement binds, as one text and its digest, and what it lacks before it can be in force. Both are reckoned here,
-- whoever writes the row: an import, a command, a page or a program.

-- The terms as canonical JSON (RFC 8785): keys in the order of their code units, no blanks, sets as codes and moments in UTC.
create function gate.agreement_terms(agreement portal.agreement) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select '{' || string_agg(to_json(key)::text || ':' || value, ',' order by key collate "C") || '}'
    from (select key, case jsonb_typeof(said.value)
              when 'array' then '[' || coalesce((select string_agg(word::text, ',') from jsonb_array_elements(said.value) as word), '') || ']'
              else said.value::text end as value
          from jsonb_each(jsonb_build_object(
              'number', agreement.number, 'version', agreement.version,
              'company_name', agreement.company_name, 'company_name_latin', agreement.company_name_latin,
              'company_address', agreement.company_address, 'company_representative', agreement.company_representative,
              'company_corporate_number', agreement.company_corporate_number, 'company_country', agreement.company_country,
              'operator_name', agreement.operator_name, 'operator_address', agreement.operator_address,
              'operator_representative', agreement.operator_representative,
              'signatory_name', agreement.signatory_name, 'signatory_title', agreement.signatory_title,
              'signatory_email', agreement.signatory_email, 'signatory_authority', agreement.signatory_authority,
              'items', gate.item_codes(agreement.items), 'purposes', gate.purpose_codes(agreement.purposes),
              'contact_days', agreement.contact_days, 'grace_days', agreement.grace_days, 'territory', agreement.territory,
              'effective_at', to_char(agreement.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              'expires_at', to_char(agreement.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              'template_version', agreement.template_version, 'text', agreement.text)
              || case when agreement.fair_screening then jsonb_build_object('fair_screening', true) else '{}' end
              || case when agreement.group_terms is not null then jsonb_build_object('group', to_jsonb(gate.group_lines(agreement.group_terms))) else '{}' end
              || case when agreement.joined_agreement_id is not null then jsonb_build_object('joined', (
                     select array[parent.number, parent.version::text] from portal.agreement as parent where parent.id = agreement.joined_agreement_id))
                 else '{}' end
              || case when agreement.inactive_days is not null then jsonb_build_object('inactive_days', agreement.inactive_days) else '{}' end
              || case when agreement.daily_downloads is not null then jsonb_build_object('daily_downloads', agreement.daily_downloads) else '{}' end
          ) as said) as term
$$;

-- The items that a passage of an agreement names, by the one list of words (candidates/gate/words.sql). A sentence with a negation or an exception
-- names none.
create function gate.items_named(passage text) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(bit_or(item.mask), 0)::integer
    from regexp_split_to_table(passage, E'[。！？!?;\n]|\\.\\s') as sentence, portal.item join gate.item_words() as named on named.code = item.code
    where sentence !~* 'しない|しません|せず|除|以外|対象外|禁|不可|\mnot\M|\mnever\M|\mno\M|except|exclud'
      and (coalesce(regexp_replace(sentence, nullif(array_to_string(named.apart, '|'), ''), '*', 'g'), sentence)
               ~* array_to_string(named.words || named.looser, '|')
           or item.mask <> @resume_original and sentence ~* '同意を得た項目|items consented to')
$$;

-- Whether words of a text name this number, and not one that has it inside; digits of either width.
create function gate.number_named(passage text, number integer) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(normalize(passage, nfkc) ~ ('(^|[^0-9])' || number || '([^0-9]|$)'), false)
$$;

-- Whether they name this number of days, and speak of no keeping, deleting or paying, whose days are others.
create function gate.days_named(passage text, days integer) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(normalize(passage, nfkc) ~* ('(^|[^0-9.,])' || days || ' *((calendar|business|working) +)?(日|days?\M)')
                    and passage !~* '保存|保管|消去|削除|支払|keep|retain|store|delete|\mpay', false)
$$;

-- The words that an agreement quotes for something, when they stand in its text; otherwise null.
create function gate.quoted(agreement portal.agreement, about text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select said from (select agreement.passages ->> about as said) as quotation
    where length(gate.unspaced(said)) >= 4 and strpos(gate.unspaced(agreement.text), gate.unspaced(said)) > 0
$$;

-- What an agreement lacks before it can be in force; null when nothing. The words are in portal/agreements/lacks.py. A text that
-- is made from the columns agrees with them; one that was brought from outside is held to the words quoted from it.
create function gate.agreement_lacks(agreement portal.agreement) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when agreement.joined_agreement_id is not null then gate.joining_lacks(agreement) else nullif(array_remove(array[
        case when gate.is_blank(agreement.company_name, agreement.company_address, agreement.company_representative, agreement.company_country)
                or agreement.company_country = 'JP' and gate.is_blank(agreement.company_corporate_number)
             then 'company_particulars_missing' end,
        case when gate.is_blank(agreement.operator_name, agreement.operator_address, agreement.operator_representative)
                or gate.unspaced(agreement.operator_name) = gate.unspaced(agreement.company_name)
             then 'operator_particulars_missing' end,
        case when gate.is_blank(agreement.signatory_name, agreement.signatory_title)
                or strpos(gate.unspaced(agreement.operator_representative), gate.unspaced(agreement.signatory_name)) > 0 then 'signatory_missing' end,
        case when gate.is_blank(agreement.signatory_authority) then 'authority_missing' end,
        case when imported and agreement.company_signed_at is not null and gate.is_blank(agreement.evidence) then 'evidence_missing' end,
        case when imported and not gate.days_named(gate.quoted(agreement, 'contact_days'), agreement.contact_days) then 'days_not_in_text' end,
        case when imported and agreement.grace_days > 0
                and not gate.days_named(gate.quoted(agreement, 'grace_days'), agreement.grace_days)
             then 'grace_not_in_text' end,
        case when agreement.inactive_days is not null and not case when imported
                then gate.days_named(gate.quoted(agreement, 'inactive_days'), agreement.inactive_days)
                else gate.has_place(agreement.template_version, 'inactive_days') end
             then 'inactivity_not_in_text' end,
        case when agreement.daily_downloads is not null and not case when imported
                then gate.number_named(gate.quoted(agreement, 'daily_downloads'), agreement.daily_downloads)
                else gate.has_place(agreement.template_version, 'daily_downloads') end
             then 'downloads_not_in_text' end,
        case when not imported and agreement.fair_screening and not gate.has_place(agreement.template_version, 'fair_screening')
             then 'screening_not_in_text' end,
        case when imported and agreement.items & ~coalesce(gate.items_named(gate.quoted(agreement, 'items')), 0) <> 0
             then 'items_not_in_text' end,
        case when not imported and not exists (select from portal.agreement_template as template where template.version = agreement.template_version
                                                   and template.approved_at is not null)
             then 'template_not_approved' end,
        case when gate.out_of_bounds(agreement) <> '{}'
                and agreement.choices_approved_digest is distinct from agreement.terms_digest
             then 'choices_not_approved' end,
        case when agreement.group_id is not null and not case when imported then gate.group_quoted(agreement)
                                                              else gate.has_place(agreement.template_version, 'group') end
             then 'group_not_in_text' end,
        case when agreement.group_id is not null and not gate.list_names_all(agreement) then 'group_list_missing' end
    ], null), '{}') end
    from (select agreement.template_version is null as imported) as origin
$$;

-- Once the company has signed, nothing of what it signed changes. A text from outside may lack something. Then what was
-- never recorded can be added, and what goes beyond the text can be narrowed to it: nothing of it was in force.
create function gate.keep_agreement() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    mended portal.agreement;
begin
    if tg_op = 'UPDATE' and new.campaign_ends_at is distinct from old.campaign_ends_at then
        mended := new;
        mended.campaign_ends_at := old.campaign_ends_at;
        mended.text_digest := old.text_digest;  -- which is generated after this trigger
        if mended is not distinct from old then  -- a campaign is spread over thousands: nothing else is reckoned anew
            new.campaign_ends_at := gate.campaign_end(new);
            return new;
        end if;
    end if;
    if tg_op = 'UPDATE' and old.company_signed_at is not null then
        mended := new;
        if old.lacks is not null and old.template_version is null then
            mended := gate.as_was_signed(old, new);
        end if;
        if gate.agreement_terms(mended) <> gate.agreement_terms(old)
            or (new.company_id, new.company_signed_at, mended.passages, mended.evidence)
                is distinct from (old.company_id, old.company_signed_at, old.passages, old.evidence)
            or old.operator_signed_at is not null
                and (new.operator_signed_at, new.operator_signed_by) is distinct from (old.operator_signed_at, old.operator_signed_by) then
            raise exception 'what was signed is not altered' using errcode = 'object_not_in_prerequisite_state';
        end if;
    end if;
    new := gate.with_group(new, signed_before => tg_op = 'UPDATE' and old.company_signed_at is not null);
    if new.joined_agreement_id is null and new.template_version is not null and (tg_op = 'INSERT' or old.company_signed_at is null) then
        new.text := gate.agreement_text(new, 'ja');
    end if;
    new.terms_digest := portal.text_digest(gate.agreement_terms(new));
    new.lacks := gate.agreement_lacks(new);
    new.campaign_ends_at := gate.campaign_end(new);
    return new;
end
$$;

-- The new row with all put back that may be added to the old one or narrowed in it.
create function gate.as_was_signed(was portal.agreement, written portal.agreement) returns portal.agreement
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    found portal.agreement := written;
    column_name text;
begin
    foreach column_name in array array['company_name', 'company_name_latin', 'company_address', 'company_representative',
        'company_corporate_number', 'company_country', 'operator_name', 'operator_address', 'operator_representative',
        'signatory_name', 'signatory_title', 'signatory_email', 'signatory_authority', 'evidence'] loop
        if to_jsonb(was) ->> column_name is null then
            found := jsonb_populate_record(found, jsonb_build_object(column_name, null));
        end if;
    end loop;
    if was.passages <@ written.passages then
        found.passages := was.passages;
    end if;
    if starts_with(written.text, rtrim(was.text, E'\n')) then  -- an annex of the signed paper
        found.text := was.text;
    end if;
    if written.items & was.items = written.items then
        found.items := was.items;
    end if;
    found.contact_days := case when written.contact_days < was.contact_days then was.contact_days else written.contact_days end;
    found.grace_days := case when written.grace_days < was.grace_days then was.grace_days else written.grace_days end;
    return found;
end
$$;
create trigger kept before insert or update on portal.agreement for each row execute function gate.keep_agreement();

-- What is lacking of the agreements that were signed and have not ended, for `portal doctor`.
-- for: portal_owner
create function gate.unproved_agreements() returns table (lack text, many bigint, first text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select lack, count(*), (array_agg(agreement.reference order by agreement.reference))[1:5]
    from portal.agreement cross join lateral unnest(agreement.lacks) as lack
    where agreement.company_signed_at is not null and agreement.operator_signed_at is not null
      and coalesce(gate.end_of(agreement) > now(), true)
    group by lack order by lack
$$;
