grant insert on portal.undertaking, portal.understanding_answer to portal_gate;

-- The undertaking of one version, or of the newest, one text in each language. It says nothing about anybody.
-- for: portal_web
create function gate.undertaking_texts(asked integer default null)
returns table (version integer, language text, text text, text_digest bytea, original_digest bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select found.version, found.language, found.text, found.text_digest, found.original_digest
    from portal.undertaking_text as found
    where found.version = coalesce(asked, (select max(newest.version) from portal.undertaking_text as newest
                                           where newest.published_at <= now()))
$$;

-- The three questions that the gate draws for one sign-in under one agreement: the same each time that it asks, and others in the next
-- sign-in. Which they are, nobody outside can work out.
create function gate.drawn_questions(session uuid, agreement uuid) returns table (place integer, version integer, number integer, right_choice integer)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select (row_number() over (order by pool.lot))::integer, pool.version, pool.number, pool.right_choice
    from (select asked.version, asked.number, asked.right_choice,
                 sha256(decoy.secret || convert_to('check ' || session || ' ' || agreement || ' ' || asked.number, 'UTF8')) as lot
          from portal.understanding_question as asked cross join portal.decoy
          where asked.language = 'ja'
            and asked.version = (select max(newest.version) from portal.understanding_question as newest where newest.published_at <= now())) as pool
    where session is not null and agreement is not null
    order by pool.lot limit 3
$$;

-- The questions of this sign-in in a language, each with what was answered last; why an answer is wrong is said once it was given.
-- for: portal_web
create function gate.understanding_questions(agreement uuid, asked_language text)
returns table (place integer, question text, choices text[], answered integer, is_right boolean, explanation text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select drawn.place, said.question, said.choices, given.choice, given.is_right, case when not given.is_right then said.explanation end
    from gate.viewer() as viewer
    cross join lateral gate.drawn_questions(viewer.session_id, understanding_questions.agreement) as drawn
    join portal.understanding_question as said
      on said.version = drawn.version and said.number = drawn.number and said.language = asked_language
    left join lateral (
        select answer.choice, answer.is_right from portal.understanding_answer as answer
        where answer.session_id = viewer.session_id and answer.agreement_id = understanding_questions.agreement
          and answer.version = drawn.version and answer.number = drawn.number
        order by answer.is_right desc, answer.answered_at desc limit 1
    ) as given on true
    order by drawn.place
$$;

-- Notes what was answered, by the places of the questions, of those not answered rightly yet; how many of the three are right now.
create function gate.note_answers(viewer gate.viewer_row, agreement uuid, answers integer[]) returns integer
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.understanding_answer (account_id, session_id, agreement_id, version, number, choice, is_right)
    select viewer.account_id, viewer.session_id, note_answers.agreement, drawn.version, drawn.number, answers[drawn.place],
           answers[drawn.place] = drawn.right_choice
    from gate.drawn_questions(viewer.session_id, note_answers.agreement) as drawn
    where answers[drawn.place] is not null
      and not exists (select from portal.understanding_answer as done
                      where done.session_id = viewer.session_id and done.agreement_id = note_answers.agreement
                        and done.version = drawn.version and done.number = drawn.number and done.is_right);
    return (select count(*) from gate.drawn_questions(viewer.session_id, note_answers.agreement) as drawn
            where exists (select from portal.understanding_answer as done
                          where done.session_id = viewer.session_id and done.agreement_id = note_answers.agreement
                            and done.version = drawn.version and done.number = drawn.number and done.is_right));
end
$$;

-- One recruiter's own promise under the agreement in force, to the very text that was shown, whose digest they send. The three questions
-- of this sign-in are answered: 'accepted'; 'not_understood' while one of them has no right answer. 'other_text' when that is no text of
-- today; 'no_such_record' when the agreement is none of theirs.
-- for: portal_web
create function gate.accept_undertaking(agreement uuid, shown bytea, answers integer[] default '{}') returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    asked_text record;
    answer text := 'accepted';
    answered integer;
    asked_version integer;
begin
    select * into asked_text from gate.undertaking_texts() as today where today.text_digest = shown;
    if asked_text.version is null then
        answer := 'other_text';
    end if;
    if not exists (
        select from portal.agreement as asked
        where asked.id = accept_undertaking.agreement and asked.company_id = viewer.company_id and gate.in_force(asked, now())
    ) then
        answer := 'no_such_record';
    end if;
    if answer = 'accepted' then
        answered := gate.note_answers(viewer, accept_undertaking.agreement, answers);
        select max(drawn.version) into asked_version from gate.drawn_questions(viewer.session_id, accept_undertaking.agreement) as drawn;
        answer := case when answered = 3 then 'accepted' else 'not_understood' end;
    end if;
    perform gate.record(@'undertaking_accepted', viewer,
                        case answer when 'accepted' then null when 'not_understood' then @'not_understood' else @'no_such_record' end,
                        agreement => accept_undertaking.agreement, document_digest => asked_text.text_digest,
                        facts => jsonb_build_object('text_version', asked_text.version, 'check_version', asked_version, 'right_answers', answered));
    if answer = 'accepted' then
        insert into portal.undertaking (agreement_id, account_id, capacity, text_version, text_language, text_digest, original_digest, check_version)
        values (accept_undertaking.agreement, viewer.account_id, viewer.capacity, asked_text.version, asked_text.language, asked_text.text_digest,
                asked_text.original_digest, asked_version)
        on conflict do nothing;
    end if;
    return answer;
end
$$;

-- Who accepted the undertaking under one of these agreements, of the people of companies whose records the viewer may read. And whether
-- they answered its questions: who accepted before there were any did not. What somebody undertook before their account became
-- something else does not count.
-- for: portal_web
create function gate.accepted_by(agreements uuid[]) returns table (account_id uuid, checked boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.id, bool_or(undertaking.check_version is not null)
    from portal.undertaking join portal.account on account.id = undertaking.account_id and account.capacity = undertaking.capacity
    where undertaking.agreement_id = any (agreements) and account.company_id in (select gate.companies())
    group by account.id
$$;
