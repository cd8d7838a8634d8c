-- How a Japanese notice names what it covers: the items by the one list of them, and the purposes.
create function gate.named_as() returns table (kind text, code text, words text[], apart text[])
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select 'item', item.code, item.words, item.apart from gate.item_words() as item
    union all
    values ('purpose', 'selection', '{採用選考,採用の可否,採否}'::text[], '{}'::text[]),
           ('purpose', 'contact', '{連絡}', '{連絡先,連絡なし}')
$$;

-- The sentences of a text: each ends with a full stop, a question or an empty line. Without blanks, and without its point's number.
create function gate.sentences(written text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select plain from regexp_split_to_table(
        regexp_replace(regexp_replace(written, '\r?\n[ \t\r\u3000]*\n', E'\x01', 'g'), '([。！？!?])', E'\\1\x01', 'g'), E'\x01') as part
    cross join lateral regexp_replace(gate.unspaced(part), '^[0-9０-９]+[.．、)）]', '') as plain
    where plain <> ''
$$;

-- The sentences that can name an item, or a purpose: they say that something is provided, or what it is used for, plainly. One with a negation, an
-- exception, a refusal, a stand-in, something that is left for later or a question names nothing. Neither does one that asks the person for
-- something, or is about whom to ask or the company's own address.
create function gate.plain_sentences(for_kind text, written text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select sentence from gate.sentences(written) as sentence
    where sentence ~ case for_kind when 'item' then '提供|開示|渡し|共有' else '目的|使|利用|ため' end
      and sentence !~ 'ません|ない|なく|なし|せず|除|以外|対象外|含まず|未定|[？?]'
      and sentence !~ '禁|不可|お断り|断り|断る|控え|見送|中止|取りやめ|取り止め|伏せ|匿名|隠|秘|消し|消去|代わり|代え|かね|拒|停止|ぬ(。|$)'
      and sentence !~ 'いただ|頂|ください|下さい|本人に|警察|裁判所|官公署'
      and (for_kind <> 'item' or sentence !~ '検討|予定')
      and sentence !~ '問い合わせ|窓口|(企業|会社|運営者|担当者)の(氏名|名称|住所|所在|電話|メール)'
$$;

-- Of these codes those that the text does not name, each with the words that would. A passage counts by the whole sentences in it.
create function gate.unnamed(for_kind text, codes text[], written text, passage text default null)
returns table (code text, words text[])
language sql stable set search_path = pg_catalog, pg_temp as $$
    select named.code, named.words from gate.named_as() as named
    where named.kind = for_kind and named.code = any (codes)
      and not exists (
          select from gate.plain_sentences(for_kind, written) as sentence
          where (passage is null or strpos(gate.unspaced(passage), sentence) > 0)
            and coalesce(regexp_replace(sentence, nullif(array_to_string(named.apart, '|'), ''), '*', 'g'), sentence)
                ~ array_to_string(named.words, '|'))
$$;

-- What a notice covers and leaves out of its words, by the column that claims it.
-- for: portal_owner
create function gate.left_out(written text, said_items integer, said_purposes integer, explicit_items integer, passage text)
returns table (claimed_in text, code text, words text[])
language sql stable set search_path = pg_catalog, pg_temp as $$
    select 'items', code, words from gate.unnamed('item', gate.item_codes(said_items), written)
    union all
    select 'purposes', code, words from gate.unnamed(
        'purpose', array(select purpose.code from portal.purpose where purpose.mask & said_purposes <> 0), written)
    union all
    select 'says_explicit', code, words from gate.unnamed('item', gate.item_codes(explicit_items), written, coalesce(passage, ''))
$$;

-- What stands was described before its words were asked for, or the list was shorter or longer then: it is read again.
-- for: portal_owner
create function gate.reread_notices() returns void
language sql set search_path = pg_catalog, pg_temp as $$
    update portal.notice set leaves_out = '{}'
    where language = 'ja' and items is not null and leaves_out is distinct from gate.leaves_out(notice)
$$;

create function gate.leaves_out(notice portal.notice) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select array(select distinct code from gate.left_out(notice.text, notice.items, notice.purposes, notice.explicit_items,
                                                         notice.passages ->> 'explicit') order by code)
$$;
