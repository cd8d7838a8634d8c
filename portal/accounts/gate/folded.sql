-- How names are compared, of people who sign in and of candidates alike.

create function gate.folded(written text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select translate(
        regexp_replace(normalize(replace(lower(normalize(written, NFKC)), 'đ', 'd'), NFD), '[\u0300-\u036f]', '', 'g'),
        'ぁあぃいぅうぇえぉおかきくけこさしすせそたちっつてとなにぬねのはひふへほまみむめもゃやゅゆょよらりるれろわをん',
        'ァアィイゥウェエォオカキクケコサシスセソタチッツテトナニヌネノハヒフヘホマミムメモャヤュユョヨラリルレロワヲン')
$$;
