grant insert on personal.name_token to portal_gate;

-- Searching names without an extension: each word of a name is a token a search may begin with, and so is the name
-- written without a separator; a word in a script without spaces is one token per ending, so that any part of it is
-- found. Built from the display name, the reading and the romanised name alike.

create function gate.words(written text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select left(word, 100) from regexp_split_to_table(gate.folded(written), '[\s,.・''’=·\u2010-\u2015\-]+') as word where word <> ''
$$;

create function gate.name_tokens(name jsonb) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select distinct token
    from (
        select left(name ->> 'display', 300) as written
        union select left(name ->> 'latin', 300)
        union select left(concat_ws(' ', name ->> 'family', name ->> 'given'), 300)
        union select left(concat_ws(' ', name ->> 'family_kana', name ->> 'given_kana'), 300)
    ) as part
    cross join lateral (select array(select gate.words(part.written)) as words) as split
    cross join lateral unnest(words || left(array_to_string(words, ''), 100)) as word
    cross join lateral (
        select word as token
        union all
        select substr(word, place) from generate_series(2, length(word)) as place
        where word ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U000323af]'
    ) as ending
    where token <> ''
$$;

create function gate.keep_name_tokens() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        delete from personal.name_token where candidate_id = old.candidate_id;
    end if;
    if tg_op <> 'DELETE' then
        insert into personal.name_token (candidate_id, token) select new.candidate_id, token from gate.name_tokens(new.name) as token;
    end if;
    return null;
end
$$;

create trigger name_tokens after insert or delete or update of name on personal.candidate_items
for each row execute function gate.keep_name_tokens();

-- Make the tokens of all names anew, unless they were made by these very functions: a database that was filled by an older
-- version goes on finding names as that one did otherwise. What made them is kept as the table's comment.
-- for: portal_owner
create function gate.renew_name_tokens(made_by text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if obj_description('personal.name_token'::regclass, 'pg_class') is not distinct from made_by then
        return;
    end if;
    delete from personal.name_token;
    insert into personal.name_token (candidate_id, token)
    select items.candidate_id, token from personal.candidate_items as items cross join lateral gate.name_tokens(items.name) as token;
    execute format('comment on table personal.name_token is %L', made_by);
end
$$;
