-- How texts name the items: the one list, which notices (consent/gate/named.sql) and agreements (agreements/gate/terms.sql) read. A notice names
-- an item by one of "words", in Japanese. "apart" are longer words with one of them inside that mean something else: they are taken out
-- before it is looked for. An agreement only bounds what consents open, so "looser" words, as patterns, do for it as well, in either language.
create function gate.item_words() returns table (code text, words text[], apart text[], looser text[])
language sql immutable parallel safe as $$
    values ('name', array['氏名', 'お名前'], '{}'::text[], array['名前', '\mname']),
           ('email', '{メールアドレス,電子メール}', '{電子メールで,電子メールに,電子メールを}', array['メール', 'e-mail']),
           ('photo', '{写真}', '{写真家,写真館,写真撮影}', array['photo']),
           ('nationality', '{国籍}', '{多国籍,無国籍,国籍を問わ,国籍に関わ,国籍にかかわ}', array['nationality']),
           ('address', '{住所}', '{住所録}', array['(?<!e-mail )\maddress']),
           ('date_of_birth', '{生年月日}', '{}', array['date of birth']),
           ('age', '{年齢}', '{年齢制限,年齢層,対象年齢,年齢を問わ,年齢に関わ,年齢にかかわ}', array['\mage\M']),
           ('gender', '{性別}', '{性別を問わ,性別に関わ,性別にかかわ}', array['gender']),
           ('telephone', '{電話番号}', '{}', array['電話', 'telephone']),
           ('background', '{経歴,職歴}', '{経歴書}', array['学歴', 'background', 'work and education']),
           ('qualifications', '{資格}', '{在留資格,資格外,受験資格,応募資格,被保険者資格}', array['qualification']),
           ('residence_status', '{在留資格}', '{}', array['status of residence']),
           ('japanese_level', '{日本語能力,日本語の能力,日本語レベル,日本語のレベル}', '{}', array['日本語', 'Japanese']),
           ('resume_original', '{履歴書の写し,履歴書の原本,履歴書ファイル,履歴書のファイル}', '{}', array['履歴書', 'resume'])
$$;
