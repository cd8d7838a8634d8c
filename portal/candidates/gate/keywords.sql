grant insert, delete on personal.candidate_words to portal_gate;

-- Searching what a person knows: the words of skills, employers, schools and qualifications, folded as names are, in one row for each person.
-- A word is found by its beginning, in scripts that are written without spaces by any part of it.

create function gate.search_words(written text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select left(word, 100)
    from regexp_split_to_table(gate.folded(left(written, 300)), '[\s,.;:|/()<>\[\]"“”「」『』、。・''’=·\u2010-\u2015\-]+') as word where word <> ''
$$;

-- Words one after the other, each with a blank on either side, so that a blank before what is looked for asks for a beginning.
create function gate.searchable(texts text[]) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select coalesce(' ' || string_agg(word, ' ') || ' ', '')
    from unnest(texts[1:200]) as part (written) cross join lateral gate.search_words(part.written) as word
$$;

-- What is looked for, as it stands in what `searchable` makes; null when nothing is asked for.
create function gate.keywords_asked(asked text) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select case when nullif(btrim(asked), '') is not null then array(
        select case when word ~ '^[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U000323af]'
                    then word else ' ' || word end
        from gate.search_words(left(asked, 100)) as word) end
$$;

-- The languages that a search can ask for, by the names that people write. Japanese is not among them: it has levels, and an item of its own.
create function gate.language_names() returns table (code text, names text[])
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    values ('en', '{english,英語}'::text[]), ('zh', '{chinese,mandarin,cantonese,中国語,北京語,広東語,中文,汉语,漢語}'),
           ('ko', '{korean,韓国語,朝鮮語,한국어}'), ('vi', '{vietnamese,ベトナム語,tiếng việt}'),
           ('my', '{burmese,myanmar,ビルマ語,ミャンマー語,မြန်မာ}'), ('ne', '{nepali,nepalese,ネパール語,नेपाली}'),
           ('id', '{indonesia,インドネシア語}'), ('tl', '{tagalog,filipino,pilipino,タガログ語,フィリピノ語,フィリピン語}'),
           ('th', '{thai,タイ語,ภาษาไทย}'), ('km', '{khmer,cambodian,クメール語,カンボジア語}'), ('lo', '{laotian,lao language,ラオス語,ラーオ語}'),
           ('mn', '{mongolian,モンゴル語}'), ('si', '{sinhala,sinhalese,シンハラ語}'), ('ta', '{tamil,タミル語}'), ('bn', '{bengali,bangla,ベンガル語}'),
           ('hi', '{hindi,ヒンディー語,हिन्दी}'), ('ur', '{urdu,ウルドゥー語}'), ('uz', '{uzbek,ウズベク語}'), ('ru', '{russian,ロシア語}'),
           ('pt', '{portuguese,ポルトガル語}'), ('es', '{spanish,スペイン語}'), ('fr', '{french,フランス語}'), ('de', '{german,ドイツ語}')
$$;

create function gate.languages_named(texts text[]) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select array(
        select listed.code from gate.language_names() as listed
        where exists (select from unnest(texts[1:50]) as said (written) cross join lateral gate.folded(left(said.written, 100)) as folded
                      where folded = listed.code or folded like listed.code || '-%'
                         or exists (select from unnest(listed.names) as name where strpos(folded, gate.folded(name)) > 0))
        order by listed.code)
$$;

-- The row of one person. A value of another shape than an item's has nothing to be found by.
create function gate.words_of(background jsonb, qualifications jsonb)
returns table (background_words text, qualification_words text, languages text[], available_from text)
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select gate.searchable(array(
               select part #>> '{}'
               from unnest('{$.label,$.skills[*].name,$.skills[*].keywords[*],$.work[*].company,$.work[*].position,$.education[*].institution,$.education[*].area}'::jsonpath[]) as place
               cross join lateral jsonb_path_query(background, place) as part)),
           gate.searchable(array(select part #>> '{}' from jsonb_path_query(qualifications, 'lax $[*].name') as part)),
           gate.languages_named(array(select part #>> '{}' from jsonb_path_query(background, 'lax $.languages[*].language') as part)),
           (select part #>> '{}' from jsonb_path_query_first(background, 'lax $.available_from') as part where part #>> '{}' ~ '^\d{4}(-\d\d){0,2}$')
$$;

create function gate.keep_words() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        delete from personal.candidate_words where candidate_id = old.candidate_id;
    end if;
    if tg_op <> 'DELETE' then
        insert into personal.candidate_words
        select new.candidate_id, made.* from gate.words_of(new.background, new.qualifications) as made;
    end if;
    return null;
end
$$;

create trigger words after insert or delete or update of background, qualifications on personal.candidate_items
for each row execute function gate.keep_words();

-- Make all rows anew, unless these very functions made them; what made them is the table's comment, as with the tokens of names.
-- for: portal_owner
create function gate.renew_words(made_by text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if obj_description('personal.candidate_words'::regclass, 'pg_class') is not distinct from made_by then
        return;
    end if;
    delete from personal.candidate_words;
    insert into personal.candidate_words
    select items.candidate_id, made.* from personal.candidate_items as items cross join lateral gate.words_of(items.background, items.qualifications) as made;
    execute format('comment on table personal.candidate_words is %L', made_by);
end
$$;
