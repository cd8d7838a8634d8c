-- The words by which a note beside a decision names a ground that may not be asked or may not decide: one list, in Japanese and
-- English. The grounds are those of portal/agreements/grounds.py. "apart" are words with one of them inside that mean something else.
create function gate.ground_words() returns table (code text, words text, apart text)
language sql immutable parallel safe as $$
    values ('race', '人種|肌の色|黒人|白人|\mracial|\mskin colou?r|\mrace\M', 'race condition'),
           ('ethnicity', '民族|ethnic', '民族料理'),
           ('social_status', '社会的身分|被差別|\mcaste\M|social status', null),
           ('family_origin', '門地|家柄|family origin|family background', null),
           ('domicile', '本籍|出生地|出身地|birthplace|place of birth|hometown', null),
           ('family', '家族|配偶者|子ども|子供|両親|育児|介護する親|\mfamil(y|ies)\M|\mchild(ren)?\M|\mkids?\M|\mspouse\M|\mparents?\M',
            '家族滞在|family visa|dependent family|子ども園|子ども食堂|子供服'),
           ('religion', '宗教|信仰|礼拝|イスラム|ムスリム|キリスト教|仏教|ヒンドゥー|ヒジャブ|religio|\mmuslim|\mislam|\mchristian|\mbuddhis|\mhindu\M|\mhijab',
            null),
           ('beliefs', '思想|信条|世界観|ideolog|political (view|belief|opinion)|\mbeliefs?\M', null),
           ('party', '政党|支持政党|political party', null),
           ('union', '労働組合|組合活動|労組|(labou?r|trade) union|union member', null),
           ('disability', '障害|障がい|disabilit|disabled', 'システム障害|障害対応|障害者支援|障がい者支援|通信障害|disabled (account|feature)'),
           ('health', '持病|病歴|病気|既往|健康状態|\millness|\mdisease|medical history|health condition|state of health', null),
           ('marriage', '結婚|婚姻|既婚|未婚|独身|離婚|\mmarri(ed|age)|\mmarital|\munmarried|\mdivorced', null),
           ('pregnancy', '妊娠|出産|産休|育休|pregnan|maternity|childbirth', null),
           ('orientation', '性的指向|性自認|同性愛|LGBT|sexual orientation|gender identity|\mgay\M|\mlesbian', null),
           ('nationality', '国籍|外国人|外人|[ァ-ヺー]{2,}人(?![数材事気員間手柄工])|中国人|韓国人|日本人|nationalit|\mcitizenship|\mforeigners?\M|\mforeign national',
            '多国籍'),
           ('age', '年齢|高齢|若すぎ|若さ|[0-9]+ ?[歳才]|年寄り|\maged?\M|too (old|young)|years old|\melderly',
            '年齢層|高齢者|stone age|age of (the )?(equipment|system)'),
           ('date_of_birth', '生年月日|誕生日|date of birth|birthday|year of birth', null),
           ('gender', '性別|女性|男性|女だ|男だ|女の子|\mgender\M|\m(fe)?male\M|\mwom[ae]n\M|\msex\M', 'gender identity'),
           ('photo', '顔写真|写真|容姿|見た目|外見|\mphotos?\M|\mphotograph\M|\mher looks\M|\mhis looks\M|\mattractive', '写真撮影|写真家|写真館|写真の技術')
$$;

-- The grounds that a text names, as codes in the order of the list.
-- for: portal_web, portal_owner
create function gate.grounds_in(written text) returns text[]
language sql immutable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(named.code order by named.place), '{}')
    from gate.ground_words() with ordinality as named (code, words, apart, place)
    cross join lateral normalize(coalesce(written, ''), nfkc) as plain
    where case when named.apart is null then plain else regexp_replace(plain, named.apart, '*', 'gi') end ~* named.words
$$;

-- What compliance finds in the log under one act: each ground that a note beside a decision names, whoever brought it.
create function gate.queue_grounds(
    viewer gate.viewer_row, written text, introduction uuid, company uuid, candidate uuid, outcome uuid
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    ground text;
begin
    foreach ground in array gate.grounds_in(written) loop
        perform gate.record(@'protected_ground_named', viewer, introduction => introduction, company => company, candidate => candidate,
                            subject => outcome, facts => jsonb_build_object('protected_ground', ground));
    end loop;
end
$$;

-- The same for a note that the operator's own program brings.
-- for: portal_owner
create function gate.queue_imported_grounds(outcome uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
    noted record;
begin
    nobody.role := 'operator_program';
    select recorded.note, introduction.id, introduction.company_id, introduction.candidate_id into noted
    from personal.outcome as recorded join personal.introduction on introduction.id = recorded.introduction_id
    where recorded.id = outcome;
    perform gate.queue_grounds(nobody, noted.note, noted.id, noted.company_id, noted.candidate_id, outcome);
end
$$;
