-- A company's names in the form in which they are compared, kept by whatever writes them.

create function gate.fold_name() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.name_folded := lower(normalize(concat_ws(E'\n', new.name, new.name_latin), nfkc));
    return new;
end
$$;
create trigger fold_name before insert or update of name, name_latin on portal.company for each row execute function gate.fold_name();

-- A text without its blanks and line ends, in which a quotation or a name is found.
create function gate.unspaced(written text) returns text
language sql immutable parallel safe as $$ select regexp_replace(written, '[ \t\r\n\u3000]', '', 'g') $$;

-- Whether one of them says nothing: blanks, or nothing but dashes, dots and the like.
create function gate.is_blank(variadic written text[]) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select bool_or(coalesce(btrim(word, E' \t\r\n\u3000-‐‑‒–—―−ー_.,、。･・…*/\\~〜～()（）?？!！=＝#＃×'), '') = '') from unnest(written) as word
$$;
