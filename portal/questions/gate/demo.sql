-- Questions of the demo's recruiters and what whoever looks after their company answered: "sent" has each as its introduction's reference, its asker's
-- e-mail, the words, how many hours ago, and the answer if there is one. Once for each; only for the folder's own companies and accounts.
-- for: portal_owner
create function gate.demo_questions(companies text[], emails text[], sent jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    one record;
    made uuid;
begin
    for one in
        select question.*, asker.id as asker, asker.holder, company.id as company_id, company.account_manager_id, about.id as about, about.candidate_id
        from jsonb_to_recordset(sent) as question (introduction text, by text, body text, hours integer, answer text)
        join portal.account as asker on lower(asker.email) = question.by and question.by = any (emails)
        join portal.company on company.id = asker.company_id and company.reference = any (companies)
        join personal.introduction as about on about.reference = question.introduction and about.company_id = company.id
        where not exists (select from personal.question as former where former.asked_by = asker.id and former.body = question.body)
    loop
        insert into personal.question (company_id, introduction_id, body, asked_by, asked_holder, asked_at, answer, answered_by, answered_at)
        values (one.company_id, one.about, one.body, one.asker, one.holder, now() - make_interval(hours => one.hours), one.answer,
                case when one.answer is not null then one.account_manager_id end,
                case when one.answer is not null then now() - make_interval(hours => one.hours / 2) end)
        returning id into made;
        perform gate.record_import(@'question_asked', one.candidate_id, one.company_id, made);
        if one.answer is not null then
            perform gate.record_import(@'question_answered', one.candidate_id, one.company_id, made);
        end if;
    end loop;
end
$$;
