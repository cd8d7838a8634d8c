-- The text of an agreement is made from the same columns that the rule reads, so that text and enforcement cannot differ.
--
-- A clause has places in braces, one for each choice or party. In a marked body each of them stands between characters that no text
-- has (U+FDD0 to U+FDD3): name, value as the columns have it, and words as people read them. The plain text has the words alone.

create function gate.keep_template() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'UPDATE' and (old.approved_at is not null
            or to_jsonb(new) - array['approved_by', 'approved_at'] <> to_jsonb(old) - array['approved_by', 'approved_at']) then
        raise exception 'a template is not altered, and approved once' using errcode = 'object_not_in_prerequisite_state';
    end if;
    new.digest := portal.text_digest(jsonb_build_array(new.title_ja, new.title_en, new.clauses, new.words, new.most_items,
        new.most_contact_days, new.most_grace_days, new.most_term_days, new.within)::text);
    return new;
end
$$;
create trigger kept before insert or update on portal.agreement_template for each row execute function gate.keep_template();

create function gate.listed_words(codes text[], words jsonb, separator text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select string_agg(coalesce(words ->> code, code), separator order by place) from unnest(codes) with ordinality as listed(code, place)
$$;

-- A moment in words: a day of Japan, with the time when it is not that day's first moment.
create function gate.day_in_words(moment timestamptz, language text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select to_char(tokyo, case language when 'ja' then 'FMYYYY"年"FMMM"月"FMDD"日"' else 'FMDD FMMonth FMYYYY' end)
           || case when tokyo <> date_trunc('day', tokyo) then to_char(tokyo, ' HH24:MI:SS.US') else '' end
    from (select moment at time zone 'Asia/Tokyo' as tokyo) as there
$$;

-- What stands in each place: its value, and its words in the language.
create function gate.places_of(agreement portal.agreement, template portal.agreement_template, language text)
returns table (place text, value text, words text)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select said.place, coalesce(said.value, ''), translate(coalesce(said.words, '–'), U&'{}\FDD0\FDD1\FDD2\FDD3', '()')
    from (select template.words -> language as spoken, case language when 'ja' then '、' else ', ' end as comma) as saying
    cross join lateral (values
        ('items', array_to_string(gate.item_codes(agreement.items), ' '), gate.listed_words(gate.item_codes(agreement.items), spoken, comma)),
        ('purposes', array_to_string(gate.purpose_codes(agreement.purposes), ' '), gate.listed_words(gate.purpose_codes(agreement.purposes), spoken, comma)),
        ('contact_days', agreement.contact_days::text, agreement.contact_days::text),
        ('grace_days', agreement.grace_days::text, agreement.grace_days::text),
        ('inactive_days', agreement.inactive_days::text,
         coalesce(agreement.inactive_days || case language when 'ja' then '日' else ' days' end, spoken ->> 'no_limit')),
        ('daily_downloads', agreement.daily_downloads::text,
         coalesce(agreement.daily_downloads || case language when 'ja' then '件' else ' files' end, spoken ->> 'no_limit')),
        ('fair_screening', agreement.fair_screening::text, spoken ->> case when agreement.fair_screening then 'fair_screening' else 'no_fair_screening' end),
        ('territory', array_to_string(agreement.territory, ' '), coalesce(gate.listed_words(agreement.territory, spoken, comma), spoken ->> 'anywhere')),
        ('effective_at', to_char(agreement.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), gate.day_in_words(agreement.effective_at, language)),
        ('expires_at', to_char(agreement.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
         coalesce(gate.day_in_words(agreement.expires_at, language), spoken ->> 'no_end')),
        ('group', '', gate.group_words(agreement.group_terms, spoken, language)),
        ('company_name', '', case language when 'ja' then agreement.company_name else coalesce(agreement.company_name_latin, agreement.company_name) end),
        ('company_address', '', agreement.company_address), ('company_representative', '', agreement.company_representative),
        ('company_corporate_number', '', agreement.company_corporate_number),
        ('operator_name', '', agreement.operator_name), ('operator_address', '', agreement.operator_address),
        ('operator_representative', '', agreement.operator_representative),
        ('signatory_name', '', agreement.signatory_name), ('signatory_title', '', agreement.signatory_title),
        ('signatory_authority', '', agreement.signatory_authority)
    ) as said (place, value, words)
$$;

-- The clauses of an agreement that was made from a template, each with its places marked.
create function gate.marked_clauses(agreement portal.agreement, language text) returns table (place integer, key text, heading text, body text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
    template portal.agreement_template;
    filled record;
begin
    select * into template from portal.agreement_template as used where used.version = agreement.template_version;
    for marked_clauses.place, marked_clauses.key, marked_clauses.heading, marked_clauses.body in
        select number, clause ->> 'key', clause -> language ->> 'heading', clause -> language ->> 'body'
        from jsonb_array_elements(template.clauses) with ordinality as listed(clause, number) order by number
    loop
        for filled in select * from gate.places_of(agreement, template, language) loop
            body := replace(body, '{' || filled.place || '}',
                            U&'\FDD0' || filled.place || U&'\FDD1' || filled.value || U&'\FDD2' || filled.words || U&'\FDD3');
        end loop;
        return next;
    end loop;
end
$$;

-- The same as one text.
create function gate.agreement_text(agreement portal.agreement, language text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case language when 'ja' then template.title_ja else template.title_en end || E'\n\n' || (
        select string_agg(case language when 'ja' then format('第%s条（%s） ', clause.place, clause.heading)
                                        else format('Article %s (%s) ', clause.place, clause.heading) end
                          || regexp_replace(clause.body, U&'\FDD0[^\FDD2]*\FDD2|\FDD3', '', 'g'), E'\n' order by clause.place)
        from gate.marked_clauses(agreement, language) as clause) || E'\n'
    from portal.agreement_template as template where template.version = agreement.template_version
$$;

-- Whether a template's text has a place for a choice; the older ones were written before some were there.
create function gate.has_place(of_version integer, place text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select from portal.agreement_template as template
                   where template.version = of_version and strpos(template.clauses::text, '{' || place || '}') > 0)
$$;

-- Which choices lie outside the bounds of the template, as codes of places.
create function gate.out_of_bounds(agreement portal.agreement) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array_remove(array[
        case when agreement.items & ~template.most_items <> 0 then 'items' end,
        case when agreement.contact_days > template.most_contact_days then 'contact_days' end,
        case when agreement.grace_days > template.most_grace_days then 'grace_days' end,
        case when agreement.territory is null or not agreement.territory <@ template.within then 'territory' end,
        case when agreement.expires_at is null
                  or agreement.expires_at > agreement.effective_at + make_interval(hours => 24 * template.most_term_days) then 'expires_at' end
    ], null)
    from portal.agreement_template as template where template.version = agreement.template_version
$$;
