-- What no import brings, so that a demo has an example of each refusal: for the owner alone, of what the demo's folder holds, each once.
-- Nobody is written to: whoever loads a demo reads the mails of its own acts.

-- One of compliance among these addresses; null when there is none.
create function gate.demo_officer(emails text[]) returns portal.account
language sql stable set search_path = pg_catalog, pg_temp as $$
    select account.* from portal.account where role = 'compliance' and lower(account.email) = any (emails) order by account.email limit 1
$$;

-- Those of these companies that are no longer who their signed agreement names: their rows changed two days ago and wait for compliance.
-- Whoever has another corporate number has merged, and compliance has recorded it.
-- for: portal_owner
create function gate.demo_recipients(companies text[], emails text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    other record;
    said jsonb;
    officer portal.account := gate.demo_officer(emails);
begin
    for other in
        update portal.company set stood_as = was.former, identity_changed_at = now() - interval '2 days'
        from (select company.id, gate.identity(company) as later,
                     (select jsonb_build_object('name', signed.company_name, 'corporate_number', signed.company_corporate_number,
                                                'country', signed.company_country, 'address', signed.company_address,
                                                'representative', signed.company_representative)
                      from portal.agreement as signed
                      where signed.company_id = company.id and signed.company_signed_at is not null and signed.lacks is null
                      order by signed.effective_at desc limit 1) as former
              from portal.company
              where company.reference = any (companies) and company.identity_changed_at is null
                and not exists (select from portal.succession where succession.company_id = company.id)) as was
        where company.id = was.id and gate.identity_changes(was.former, was.later) <> '{}'
        returning company.id, company.stood_as as former, was.later, gate.identity_changes(was.former, was.later) as changes
    loop
        said := (select jsonb_object_agg(case name when 'corporate_number' then 'number' else name end || '_changed', true)
                 from unnest(other.changes) as name);
        perform gate.record_import(@'company_changed', null, other.id, other.id, said || '{"disclosure_stopped": true}');
        continue when officer.id is null or not 'corporate_number' = any (other.changes);
        insert into portal.succession (company_id, kind, former, later, changed_at, evidence, recorded_by)
        values (other.id, 'merged', other.former, other.later, now() - interval '2 days', '登記事項証明書（吸収合併）', officer.id);
        update portal.company set identity_changed_at = null, stood_as = null, succeeded_at = now() where id = other.id;
        perform gate.record_import(@'succession_recorded', null, other.id, other.id, '{"succession": "merged"}');
    end loop;
end
$$;

-- A restriction that this person asked for, and had lifted.
-- for: portal_owner
create function gate.demo_restriction(person text, emails text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    whose uuid := (select candidate.id from personal.candidate where candidate.reference = person
                     and not exists (select from personal.law_change where law_change.candidate_id = candidate.id));
    officer portal.account := gate.demo_officer(emails);
begin
    if whose is not null and officer.id is not null then
        perform gate.hold_person(whose, 'restriction', null, null);
        perform gate.loosen_law(whose, 'restriction', null, '本人から制限を解いてほしいとの申し出', '記録 ' || person || '-R', officer.email);
    end if;
end
$$;

-- An introduction that was made by mistake and is taken back, by whoever looks after the company.
-- for: portal_owner
create function gate.demo_withdrawal(reference text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made personal.introduction := (select introduction from personal.introduction where introduction.reference = demo_withdrawal.reference);
begin
    insert into personal.introduction_withdrawal (introduction_id, reason, withdrawn_by)
    select made.id, 'by_mistake', company.account_manager_id from portal.company where company.id = made.company_id
    on conflict do nothing;
    if found then
        perform gate.record_import(@'introduction_withdrawn', made.candidate_id, made.company_id, made.id, '{"withdrawn_because": "by_mistake"}');
    end if;
end
$$;

-- Criteria of one position of the demo, and scorecards by them; "cards" has each as its introduction's reference, its writer's e-mail, ratings,
-- recommendation and note. Nothing where the position has criteria already.
-- for: portal_owner
create function gate.demo_scorecards(companies text[], emails text[], recruited_for text, chosen text[], setter text, cards jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    made portal.criteria;
    filled record;
begin
    insert into portal.criteria (opening_id, company_id, version, codes, set_by)
    select opening.id, company.id, 1, chosen, account.id
    from portal.opening
    join portal.company on company.id = opening.company_id
    join portal.account on lower(account.email) = setter and account.company_id = company.id
    where opening.reference = recruited_for and company.reference = any (companies) and setter = any (emails)
    on conflict do nothing returning * into made;
    if made.id is null then
        return;
    end if;
    perform gate.record_import(@'criteria_set', null, made.company_id, made.opening_id,
                               jsonb_build_object('criteria', cardinality(chosen), 'criteria_version', 1));
    for filled in
        insert into personal.scorecard (introduction_id, criteria_id, written_by, ratings, recommendation, note)
        select introduction.id, made.id, account.id, card.ratings, card.recommendation, card.note
        from jsonb_to_recordset(cards) as card (introduction text, by text, ratings smallint[], recommendation text, note text)
        join personal.introduction on introduction.reference = card.introduction and introduction.opening_id = made.opening_id
        join portal.account on lower(account.email) = card.by and account.company_id = made.company_id
        returning id, (select introduction.candidate_id from personal.introduction where introduction.id = introduction_id) as candidate_id
    loop
        perform gate.record_import(@'scorecard_filled_in', filled.candidate_id, made.company_id, filled.id, '{"criteria_version": 1}');
    end loop;
end
$$;
