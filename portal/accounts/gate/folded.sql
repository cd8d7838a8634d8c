-- How names are compared, of people who sign in and of candidates alike: without case, width, accents and what is not
-- seen, in katakana, in one form of each character (gate.in_one_form), and in Arabic without vowels and hamza.

create function gate.folded(written text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select translate(
        regexp_replace(
            normalize(case when plain ~ '[\u3400-\u9fff\U00020000-\U000323af]' then gate.in_one_form(plain) else plain end, NFD),
            '[\u0300-\u036f\u064b-\u065f\u0670\u0640\u0621\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]', '', 'g'),
        'ٱىیکةەہھぁあぃいぅうぇえぉおかきくけこさしすせそたちっつてとなにぬねのはひふへほまみむめもゃやゅゆょよらりるれろわをん',
        'اييكههههァアィイゥウェエォオカキクケコサシスセソタチッツテトナニヌネノハヒフヘホマミムメモャヤュユョヨラリルレロワヲン')
    from (select replace(lower(normalize(written, NFKC)), 'đ', 'd') as plain) as made
$$;
