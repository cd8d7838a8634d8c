-- What the invented people are made of. Nothing here is a real person: names are all combinations of a few pieces.

create schema bench;
select setseed(0.5);

create function bench.id(kind text, n bigint) returns uuid
language sql immutable parallel safe as $$ select md5(kind || n)::uuid $$;

create function bench.secret(who text, n integer) returns text
language sql immutable parallel safe as $$ select rpad('bench-' || who || '-' || n || '-', 43, 'x') $$;

-- An introduction's code: a number, scattered over 40 bits, in eight characters.
create function bench.code(n bigint) returns text
language sql immutable parallel safe as $$
    select 'SK-' || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (scattered >> (5 * place) & 31)::integer + 1, 1), '')
    from (select n * 2654435761 & 1099511627775 as scattered) as number, generate_series(0, 7) as place
$$;

create unlogged table bench.piece (language text, part text, written text, latin text, kana text);
insert into bench.piece values
    ('vi', 'family', 'Nguyễn', 'Nguyen', 'グエン'), ('vi', 'family', 'Trần', 'Tran', 'チャン'), ('vi', 'family', 'Lê', 'Le', 'レ'),
    ('vi', 'family', 'Phạm', 'Pham', 'ファム'), ('vi', 'family', 'Đặng', 'Dang', 'ダン'), ('vi', 'family', 'Bùi', 'Bui', 'ブイ'),
    ('vi', 'given', 'Thị Hoa', 'Thi Hoa', 'ティホア'), ('vi', 'given', 'Văn An', 'Van An', 'ヴァンアン'), ('vi', 'given', 'Minh Đức', 'Minh Duc', 'ミンドゥック'),
    ('vi', 'given', 'Thu Trang', 'Thu Trang', 'トゥチャン'), ('vi', 'given', 'Quốc Bảo', 'Quoc Bao', 'クオックバオ'), ('vi', 'given', 'Ngọc Linh', 'Ngoc Linh', 'ゴックリン'),
    ('my', 'family', 'အောင်', 'Aung', 'アウン'), ('my', 'family', 'မြင့်', 'Myint', 'ミン'), ('my', 'family', 'ခင်', 'Khin', 'キン'), ('my', 'family', 'သန်း', 'Than', 'タン'),
    ('my', 'given', 'သီရိ', 'Thiri', 'ティリ'), ('my', 'given', 'ဇော်', 'Zaw', 'ゾー'), ('my', 'given', 'နှင်း', 'Hnin', 'ニン'), ('my', 'given', 'ကျော်', 'Kyaw', 'チョー'),
    ('zh', 'family', '王', 'Wang', 'ワン'), ('zh', 'family', '李', 'Li', 'リ'), ('zh', 'family', '陳', 'Chen', 'チェン'), ('zh', 'family', '劉', 'Liu', 'リュウ'),
    ('zh', 'given', '秀英', 'Xiuying', 'シウイン'), ('zh', 'given', '志強', 'Zhiqiang', 'ジーチャン'), ('zh', 'given', '雪梅', 'Xuemei', 'シュエメイ'), ('zh', 'given', '建国', 'Jianguo', 'ジエングオ'),
    ('ne', 'family', 'श्रेष्ठ', 'Shrestha', 'シュレスタ'), ('ne', 'family', 'गुरुङ', 'Gurung', 'グルン'), ('ne', 'family', 'तामाङ', 'Tamang', 'タマン'),
    ('ne', 'given', 'सुनिता', 'Sunita', 'スニタ'), ('ne', 'given', 'रमेश', 'Ramesh', 'ラメシュ'), ('ne', 'given', 'अनिता', 'Anita', 'アニタ'), ('ne', 'given', 'बिक्रम', 'Bikram', 'ビクラム'),
    ('id', 'family', 'Santoso', 'Santoso', 'サントソ'), ('id', 'family', 'Wijaya', 'Wijaya', 'ウィジャヤ'), ('id', 'family', 'Putri', 'Putri', 'プトリ'),
    ('id', 'given', 'Budi', 'Budi', 'ブディ'), ('id', 'given', 'Dewi', 'Dewi', 'デウィ'), ('id', 'given', 'Agus', 'Agus', 'アグス'), ('id', 'given', 'Rina', 'Rina', 'リナ'),
    ('ko', 'family', '김', 'Kim', 'キム'), ('ko', 'family', '박', 'Park', 'パク'), ('ko', 'given', '서연', 'Seoyeon', 'ソヨン'), ('ko', 'given', '민준', 'Minjun', 'ミンジュン');

-- Between family and given name stands one of five hundred middle names, so that some words of a name are common and some rare.
create unlogged table bench.name as
select row_number() over () - 1 as number, family.latin as family, middle.name as middle, given.latin as given,
       jsonb_build_object('family', family.written, 'given', middle.name || ' ' || given.written, 'family_kana', family.kana,
                          'given_kana', given.kana, 'latin', concat_ws(' ', middle.name, given.latin, upper(family.latin)),
                          'display', concat_ws(' ', family.written, middle.name, given.written)) as name
from bench.piece as family join bench.piece as given using (language)
cross join (
    select initcap(first || second) as name
    from unnest(array['ba', 'che', 'do', 'fu', 'gi', 'ha', 'jo', 'ke', 'lu', 'mi', 'na', 'po', 'qui', 'ra', 'so', 'te', 'vu', 'we', 'xa', 'zi']) as first,
         unnest(array['ban', 'cel', 'dor', 'fin', 'gus', 'hal', 'jar', 'kim', 'lon', 'mar', 'nel', 'pas', 'quin', 'ros', 'sal', 'tam', 'vin', 'wen', 'xan',
                      'yas', 'zel', 'bri', 'cla', 'dru', 'fle']) as second
) as middle
where family.part = 'family' and given.part = 'given';

-- A name is searched by the tokens of its pieces, so these are found once for each piece and not for each of the people.
create unlogged table bench.token as
select latin as piece, token from bench.piece, gate.name_tokens(jsonb_build_object('written', written, 'latin', latin, 'kana', kana)) as token
union
select middle, token from (select distinct middle from bench.name) as middles, gate.name_tokens(jsonb_build_object('latin', middle)) as token;

-- Careers of an ordinary length: three jobs, two schools, skills, a motivation.
create unlogged table bench.career as
select n as number, jsonb_build_object(
    'label', (array['Care worker', 'Welder', 'Software engineer', 'Interpreter', 'Chef'])[1 + n % 5],
    'summary', repeat('Worked with people of many countries and learnt to explain things simply. ', 3),
    'work', (select jsonb_agg(jsonb_build_object(
                 'company', 'Example Works ' || n + job, 'position', 'Position ' || job, 'start', (2024 - 3 * job)::text || '-04',
                 'end', case when job > 1 then (2027 - 3 * job)::text || '-03' end, 'location', 'Example City',
                 'summary', repeat('Responsible for the daily work of a team of five. ', 2),
                 'highlights', jsonb_build_array('Introduced a checklist that halved mistakes', 'Trained seven newcomers', 'Wrote the manual ' || n)))
             from generate_series(1, 3) as job),
    'education', (select jsonb_agg(jsonb_build_object('institution', 'Example College ' || n + school, 'area', 'Mechanics', 'study_type', 'Bachelor',
                                                      'start', '2010-04', 'end', '2014-03')) from generate_series(1, 2) as school),
    'skills', (select jsonb_agg(jsonb_build_object('name', 'Skill ' || skill, 'level', 'good', 'keywords', jsonb_build_array('a', 'b', n)))
               from generate_series(1, 6) as skill),
    'languages', jsonb_build_array(jsonb_build_object('language', 'ja', 'fluency', 'N2'), jsonb_build_object('language', 'en', 'fluency', 'B2')),
    'motivation', repeat('日本の現場で学び、長く働きたいと考えています。', 8),
    'wishes', '夜勤も可能です。', 'available_from', (array['2026-01', '2026-12', '2029'])[1 + n % 3]) as career
from generate_series(0, 199) as n;
