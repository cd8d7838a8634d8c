grant insert on personal.erasure_text to portal_gate;
grant update (body) on personal.note to portal_gate;
grant update (body) on personal.question to portal_gate;
grant update (note) on personal.scorecard to portal_gate;
grant update (reason) on personal.download_leave to portal_gate;
grant update (name) on portal.saved_search to portal_gate;

-- Texts that somebody typed, in which a person's name can stand though their record is not the person's. An erasure cannot tell them by their record: they are
-- looked through for the name, and the officer decides of each.

-- "page" is the record on whose page it stands; "account" and "company" say whose it is.
create function gate.free_texts() returns table (kind text, record uuid, page uuid, account uuid, company uuid, written text)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select 'alert', alert.id, alert.id, alert.decided_by, alert.company_id, alert.note from portal.alert where alert.note is not null
    union all
    select 'review', review.id, review.id, review.concluded_by, review.company_id, review.conclusion from portal.log_review as review where review.conclusion is not null
    union all
    select 'review_note', listed.entry_id, review.id, listed.judged_by, review.company_id, listed.note
    from portal.log_review_entry as listed join portal.log_review as review on review.id = listed.review_id where listed.note is not null
    union all
    select 'leave', leave.id, null, leave.account_id, leave.company_id, leave.reason from personal.download_leave as leave
    union all
    select 'kept_search', saved.id, null, saved.account_id, null, saved.name from portal.saved_search as saved
    union all
    select 'view', saved.id, null, saved.account_id, account.company_id, saved.name
    from portal.saved_view as saved join portal.account on account.id = saved.account_id
    union all
    select 'note', note.id, note.introduction_id, note.written_by, introduction.company_id, note.body
    from personal.note join personal.introduction on introduction.id = note.introduction_id
    union all
    select 'outcome', outcome.id, outcome.introduction_id, outcome.recorded_by, introduction.company_id, outcome.note
    from personal.outcome join personal.introduction on introduction.id = outcome.introduction_id where outcome.note is not null
    union all
    select 'question', question.id, question.introduction_id, question.asked_by, question.company_id, concat_ws(' / ', question.body, question.answer)
    from personal.question
    union all
    select 'scorecard', card.id, card.introduction_id, card.written_by, introduction.company_id, card.note
    from personal.scorecard as card join personal.introduction on introduction.id = card.introduction_id where card.note is not null
    union all
    select 'company', company.id, company.id, null, company.id, concat_ws(' / ', company.screening_reason, company.suspension_reason, company.activation_reason, company.termination_reason)
    from portal.company where num_nonnulls(company.screening_reason, company.suspension_reason, company.activation_reason, company.termination_reason) > 0
    union all
    select 'account', account.id, null, account.id, account.company_id, account.suspension_reason from portal.account where account.suspension_reason is not null
    union all
    select 'agreement', agreement.id, null, null, agreement.company_id, concat_ws(' / ', agreement.declined_reason, agreement.evidence)
    from portal.agreement where num_nonnulls(agreement.declined_reason, agreement.evidence) > 0
    union all
    select 'screening', screening.id, screening.company_id, screening.decided_by, screening.company_id, screening.note from portal.company_screening as screening
    union all
    select 'statement', statement.id, statement.candidate_id, statement.recorded_by, statement.company_id, statement.note from personal.statement
    union all
    select 'law_change', change.id, change.candidate_id, change.changed_by, null, concat_ws(' / ', change.reason, change.evidence) from personal.law_change as change
    union all
    select 'opening', opening.id, null, null, opening.company_id, concat_ws(' / ', opening.title, opening.title_latin, opening.description) from portal.opening
    union all
    select 'consent', consent.id, null, null, consent.company_id, consent.evidence from personal.consent where consent.evidence is not null
    union all
    select 'succession', succession.id, null, null, succession.company_id, succession.evidence from portal.succession
$$;

-- A pattern for one of these texts: a word in letters that are written with blanks stands by itself, any other is found within.
create function gate.pattern_for(word text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when word ~ '^[[:alnum:][:punct:] ]*$' and word ~ '[a-zA-Z0-9]' and word !~ '[^\u0001-\u024f]' then '(?<![a-zA-Z0-9])' || bare || '(?![a-zA-Z0-9])' else bare end
    from (select regexp_replace(regexp_replace(word, '([][\\.^$*+?(){}|-])', '\\\1', 'g'), '[\s・·]+', '[\\s・·,.-]*', 'g') as bare) as escaped
$$;

-- The patterns by which a person's name, address, numbers are found: "surely" the whole of one, "perhaps" a word of the name. "folded" is for a text as
-- names are compared, "written" for one as it stands.
create function gate.marks_of(person uuid) returns table (surely text, perhaps text, written text)
language sql stable set search_path = pg_catalog, pg_temp as $$
    with names as (
        select btrim(form) as form, btrim(form) like any (array['% %', '%　%', '%・%']) as several
        from personal.candidate_items as items
        cross join lateral unnest(array[items.name ->> 'display', items.name ->> 'latin', concat_ws(' ', items.name ->> 'family', items.name ->> 'given'),
                                        concat_ws(' ', items.name ->> 'family_kana', items.name ->> 'given_kana')]) as form
        where items.candidate_id = person and length(btrim(form)) > 1
    ), others as (
        select items.email as form from personal.candidate_items as items where items.candidate_id = person and items.email is not null
        union all select candidate.reference from personal.candidate where candidate.id = person and length(candidate.reference) > 2
    ), telephone as (
        select regexp_replace(right(regexp_replace(items.telephone, '\D', '', 'g'), 9), '(\d)', '\1[-() ]*', 'g') as mark
        from personal.candidate_items as items where items.candidate_id = person and length(regexp_replace(items.telephone, '\D', '', 'g')) >= 9
    ), words as (
        select distinct word from names cross join lateral regexp_split_to_table(names.form, '[\s,.・·''’=-]+') as word
        where names.several and length(word) >= case when word ~ '^[\u0001-\u024f\u1e00-\u1eff]+$' then 3 else 2 end
    )
    select (select string_agg(mark, '|') from (select gate.pattern_for(gate.folded(form)) as mark from names union select gate.pattern_for(gate.folded(form)) from others
                                               union select mark from telephone) as whole),
           (select string_agg(distinct gate.pattern_for(gate.folded(word)), '|') from words),
           (select string_agg(mark, '|' order by length(mark) desc) from (
                select gate.pattern_for(form) as mark from names union select gate.pattern_for(form) from others union select mark from telephone
                union select gate.pattern_for(word) from words) as each)
$$;

-- Where a person's name stands in free texts that are not theirs, with what stands around it. "can" says that it can be blacked out there; what cannot is part of
-- a record that has to stay as it was written.
create function gate.texts_naming(person uuid)
returns table (kind text, record uuid, page uuid, account uuid, company uuid, excerpt text, surely boolean, can boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select text.kind, text.record, text.page, text.account, text.company,
           case when length(text.written) <= 160 then text.written
                else '…' || substr(text.written, greatest(1, strpos(gate.folded(text.written), found.word) - 60), 160) || '…' end,
           folded.written ~ marks.surely, text.kind = any (array['alert', 'review', 'review_note', 'leave', 'kept_search', 'view', 'note', 'outcome', 'question', 'scorecard'])
    from gate.marks_of(person) as marks
    cross join gate.free_texts() as text
    cross join lateral (select gate.folded(text.written) as written offset 0) as folded
    cross join lateral (select substring(folded.written from nullif(concat_ws('|', marks.surely, marks.perhaps), '')) as word) as found
    where found.word is not null
      and not (text.kind in ('note', 'outcome', 'question', 'scorecard') and coalesce(text.page in (select one.id from personal.introduction as one where one.candidate_id = person), false))
      and not (text.kind in ('statement', 'law_change') and text.page = person)
      and not (text.kind = 'review_note' and exists (select from portal.log_review_entry as listed where listed.review_id = text.page and listed.entry_id = text.record
                                                     and gate.is_entry_about(listed, person)))
    order by 7 desc, text.kind, text.record limit 500
$$;

-- A text without the person: what is written as the name is blacked out; where it is written in another way, the whole text is.
create function gate.blacked(written text, pattern text, folded text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when gate.folded(made) ~ folded then '■' else made end from (select regexp_replace(written, pattern, '■', 'gi') as made) as tried
$$;

-- Blacks the name out in these records' texts, in all that can be where none are named, and keeps of an erasure where it stood. How many were blacked out.
create function gate.black_out(erasure uuid, person uuid, records uuid[]) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    marks record;
    one record;
    done integer := 0;
begin
    select found.written as pattern, nullif(concat_ws('|', found.surely, found.perhaps), '') as folded into marks from gate.marks_of(person) as found;
    for one in select found.*, found.can and (records is null or found.record = any (records)) as chosen from gate.texts_naming(person) as found loop
        insert into personal.erasure_text (erasure_id, kind, record_id, blacked) values (black_out.erasure, one.kind, one.record, one.chosen);
        continue when not one.chosen;
        done := done + 1;
        case one.kind
            when 'alert' then update portal.alert set note = gate.blacked(note, marks.pattern, marks.folded) where alert.id = one.record;
            when 'review' then update portal.log_review set conclusion = gate.blacked(conclusion, marks.pattern, marks.folded) where log_review.id = one.record;
            when 'review_note' then update portal.log_review_entry set note = gate.blacked(note, marks.pattern, marks.folded)
                where log_review_entry.review_id = one.page and log_review_entry.entry_id = one.record;
            when 'leave' then update personal.download_leave set reason = gate.blacked(reason, marks.pattern, marks.folded) where download_leave.id = one.record;
            when 'kept_search' then update portal.saved_search set name = '■ ' || left(saved_search.id::text, 8) where saved_search.id = one.record;
            when 'view' then update portal.saved_view set name = '■ ' || left(saved_view.id::text, 8) where saved_view.id = one.record;
            when 'note' then update personal.note set body = gate.blacked(body, marks.pattern, marks.folded) where note.id = one.record;
            when 'question' then update personal.question set body = gate.blacked(body, marks.pattern, marks.folded), answer = gate.blacked(answer, marks.pattern, marks.folded)
                where question.id = one.record;
            when 'scorecard' then update personal.scorecard set note = gate.blacked(note, marks.pattern, marks.folded) where scorecard.id = one.record;
            else update personal.outcome set note = gate.blacked(note, marks.pattern, marks.folded) where outcome.id = one.record;
        end case;
    end loop;
    return done;
end
$$;
