-- What a company's people ask whoever looks after it. At the company the asker and its administrators read a question and its answer. What is about an
-- introduction they read only while something of that is open to them. Of the operator whoever looks after the company at that moment, or stands in,
-- reads and answers it, and nobody else; compliance gives the person theirs.

-- Which questions this viewer may see now, up to "most" of the newest: all, those about one introduction, or that one question.
create function gate.questions_of(viewer gate.viewer_row, about uuid, most integer, one uuid default null) returns setof personal.question
language sql stable set search_path = pg_catalog, pg_temp as $$
    with found as materialized (
        select question.* from personal.question as question
        where case when viewer.role = 'account_manager' then question.company_id = any (array(select gate.companies()))
                   when viewer.role = 'employer_admin' then question.company_id = viewer.company_id
                   when viewer.role = 'recruiter' then question.company_id = viewer.company_id
                        and question.asked_by = viewer.account_id and question.asked_holder = viewer.holder
                   else false end
          and (about is null or question.introduction_id = about) and (one is null or question.id = one)
        order by question.answered_at is not null and viewer.role = 'account_manager', question.asked_at desc, question.id limit most
    )
    select found.* from found
    where viewer.role = 'account_manager' or found.introduction_id is null
       or exists (select from gate.judge(viewer, now()) as judged
                  where judged.introduction_id = found.introduction_id and judged.selection_items | judged.contact_items <> 0)
$$;

-- An introduction as the company's people may ask about it, and what speaks against that: something of it has to be open to them. One row
-- always: a question about no introduction needs nothing.
create function gate.asked_about(viewer gate.viewer_row, about uuid)
returns table (code text, candidate_id uuid, consent_id uuid, agreement_id uuid, purpose integer, reasons bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select judged.code, judged.candidate_id, judged.consent_id, coalesce(judged.agreement_id, viewer.agreement_id),
           case when judged.selection_items <> 0 then @selection when judged.contact_items <> 0 then @contact else 0 end,
           case when about is null then 0
                when judged.introduction_id is null then @no_such_record | gate.reasons_of(viewer)
                when judged.selection_items | judged.contact_items = 0 then judged.selection_reasons | judged.contact_reasons
                else 0 end
    from (select) as nothing
    left join gate.judge(viewer, clock_timestamp()) as judged on judged.introduction_id = about
$$;

-- The questions that the viewer may see, without a word of what was written: the newest 200, what waits first for whoever answers. With the code
-- of the introduction that is asked about. Null: the viewer has none, or nothing of that introduction is open.
-- for: portal_web
create function gate.questions(about uuid default null) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role not in ('recruiter', 'employer_admin', 'account_manager') then @'not_for_this_role' end;
    found record;
begin
    select * into found from gate.asked_about(viewer, about);
    perform gate.record(@'questions_listed', viewer, refusal, case when refusal is null then found.reasons else 0 end, about,
                        purpose => found.purpose, consent => found.consent_id, agreement => found.agreement_id, candidate => found.candidate_id);
    if refusal is not null or found.reasons <> 0 then
        return null;
    end if;
    return json_build_object(
        'code', found.code,
        'questions', (
            select coalesce(json_agg(json_build_object(
                'id', question.id, 'company', company.name, 'company_latin', company.name_latin, 'code', asked.code,
                'asked_by', asker.display_name, 'mine', asker.id = viewer.account_id, 'asked_at', question.asked_at,
                'answered_at', question.answered_at, 'seen', question.seen_at is not null or question.asked_by <> viewer.account_id)
                order by question.answered_at is not null and viewer.role = 'account_manager', question.asked_at desc, question.id), '[]')
            from gate.questions_of(viewer, about, 200) as question
            join portal.company on company.id = question.company_id
            join portal.account as asker on asker.id = question.asked_by
            left join personal.introduction as asked on asked.id = question.introduction_id));
end
$$;

-- One question with its words. It is recorded of whomever it is about. That the asker saw the answer is noted. Null: there is none for this viewer.
-- for: portal_web
create function gate.question(asked uuid) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    found personal.question;
    about personal.introduction;
    basis record;
begin
    select one.* into found from gate.questions_of(viewer, null, 1, asked) as one;
    select one.* into about from personal.introduction as one where one.id = found.introduction_id;
    select * into basis from gate.asked_about(viewer, about.id);
    perform gate.record(@'question_opened', viewer,
                        case when viewer.session_id is null then @'no_live_session' when found.id is null then @'no_such_record' end,
                        introduction => about.id, company => found.company_id, purpose => basis.purpose, subject => found.id,
                        consent => basis.consent_id, agreement => basis.agreement_id, candidate => about.candidate_id);
    if found.id is null then
        return null;
    end if;
    update personal.question as seen set seen_at = now()
    where seen.id = found.id and seen.asked_by = viewer.account_id and seen.answered_at is not null and seen.seen_at is null;
    return (
        select json_build_object('id', found.id, 'company', company.name, 'company_latin', company.name_latin, 'code', about.code,
                                 'introduction', about.id, 'asked_by', asker.display_name, 'asked_at', found.asked_at, 'body', found.body,
                                 'answer', found.answer, 'answered_by', answerer.display_name, 'answered_at', found.answered_at)
        from portal.company join portal.account as asker on asker.id = found.asked_by
        left join portal.account as answerer on answerer.id = found.answered_by
        where company.id = found.company_id);
end
$$;

-- "asked"; "too_many" after twenty within a day. The same words sent twice within a minute are one question. Null: the viewer may not ask this.
-- for: portal_web
create function gate.ask(about uuid, body text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.session_id is null then @'no_live_session'
                         when viewer.role not in ('recruiter', 'employer_admin') then @'not_for_this_role' end;
    found record;
    made uuid;
    many integer;
begin
    body := btrim(body);
    select * into found from gate.asked_about(viewer, about);
    if refusal is null and found.reasons = 0 then
        if exists (select from personal.question as former
                   where former.asked_by = viewer.account_id and former.body = ask.body and former.introduction_id is not distinct from about
                     and former.asked_at > clock_timestamp() - interval '1 minute') then
            return 'asked';
        end if;
        select count(*) into many from personal.question as former
        where former.asked_by = viewer.account_id and former.asked_at > now() - interval '1 day';
        refusal := case when many >= 20 then @'too_many_tries' end;
        if refusal is null then
            insert into personal.question (company_id, introduction_id, body, asked_by, asked_holder)
            values (viewer.company_id, about, body, viewer.account_id, viewer.holder) returning id into made;
        end if;
    end if;
    perform gate.record(@'question_asked', viewer, refusal, case when refusal is null then found.reasons else 0 end, about, subject => made,
                        purpose => found.purpose, consent => found.consent_id, agreement => found.agreement_id, candidate => found.candidate_id);
    if made is null then
        return case when refusal = @'too_many_tries' then 'too_many' end;
    end if;
    perform gate.tell_keepers('question_asked', array[viewer.company_id], interval '0');
    return 'asked';
end
$$;

-- "answered"; "over" when it was answered already. Null: it is not this viewer's to answer.
-- for: portal_web
create function gate.answer_question(asked uuid, body text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row;
    found personal.question;
    refusal text;
begin
    select question.* into found from personal.question
    where question.id = asked and question.company_id in (select gate.companies()) for no key update;
    viewer := gate.viewer();  -- who waited for it may have been suspended, or look after the company no more
    refusal := gate.refused_company(viewer, found.company_id);
    if refusal is not null then
        perform gate.record(@'question_answered', viewer, refusal);
        return null;
    end if;
    perform gate.record(@'question_answered', viewer, case when found.answered_at is not null then @'nothing_to_change' end,
                        introduction => found.introduction_id, company => found.company_id, subject => found.id,
                        candidate => (select about.candidate_id from personal.introduction as about where about.id = found.introduction_id));
    if found.answered_at is not null then
        return 'over';
    end if;
    update personal.question as answered set answer = btrim(answer_question.body), answered_by = viewer.account_id, answered_at = clock_timestamp()
    where answered.id = found.id;
    perform gate.tell_at_once('question_answered', account.id) from portal.account
    where account.id = found.asked_by and account.holder = found.asked_holder and account.company_id = found.company_id and account.status = 'active';
    return 'answered';
end
$$;

-- How many answers wait for the viewer, who asked and has not opened them.
create function gate.new_answers(viewer gate.viewer_row) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select count(*)::integer from gate.questions_of(viewer, null, 200) as question
    where question.asked_by = viewer.account_id and question.answered_at is not null and question.seen_at is null
$$;

-- What a person is given of the questions about them when they ask what is held.
create function gate.questions_about(person uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('at', question.asked_at, 'company', company.name, 'company_latin', company.name_latin,
                                                 'body', concat_ws(E'\n\n', question.body, question.answer))
                              order by question.asked_at, question.id), '[]')
    from personal.question
    join personal.introduction on introduction.id = question.introduction_id
    join portal.company on company.id = question.company_id
    where introduction.candidate_id = person
$$;

-- Every hour: a question is kept for a year from its answer, or from when it was asked. How many were forgotten.
-- for: portal_worker
create function gate.forget_questions(at timestamptz default now()) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
    with gone as (delete from personal.question as old where greatest(old.asked_at, old.answered_at) < at - interval '1 year' returning old.id)
    select count(*)::integer from gone
$$;
