grant insert, update on portal.agreement_template to portal_gate;

-- Templates are drafted by one of compliance and approved by another; agreements are drafted from an approved one by whoever looks
-- after the company. What lies outside the template's bounds waits for compliance.

-- The templates, the newest first, for those who draft from them and those who approve them.
-- for: portal_web
create function gate.agreement_templates()
returns table (id uuid, version integer, title_ja text, title_en text, clauses jsonb, most_items integer, most_contact_days integer,
               most_grace_days integer, most_term_days integer, within text[], digest bytea, drafter text, drafted_at timestamptz,
               approver text, approved_at timestamptz, own boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select template.id, template.version, template.title_ja, template.title_en, template.clauses, template.most_items,
           template.most_contact_days, template.most_grace_days, template.most_term_days, template.within, template.digest,
           drafter.display_name, template.drafted_at, approver.display_name, template.approved_at, template.drafted_by = viewer.account_id
    from gate.viewer() as viewer
    cross join portal.agreement_template as template
    join portal.account as drafter on drafter.id = template.drafted_by
    left join portal.account as approver on approver.id = template.approved_by
    where viewer.role in ('compliance', 'account_manager')
    order by template.version desc
$$;

-- A new version; its id, or null when it is not for this viewer.
-- for: portal_web
create function gate.draft_template(title_ja text, title_en text, clauses jsonb, words jsonb, most_items integer, most_contact_days integer,
                                    most_grace_days integer, most_term_days integer, within text[]) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    made uuid;
begin
    if refusal is null then
        perform pg_advisory_xact_lock(hashtextextended('portal.agreement_template', 0));
        insert into portal.agreement_template (version, title_ja, title_en, clauses, words, most_items, most_contact_days, most_grace_days,
                                               most_term_days, within, drafted_by)
        select coalesce(max(former.version), 0) + 1, draft_template.title_ja, draft_template.title_en, draft_template.clauses, draft_template.words,
               draft_template.most_items, draft_template.most_contact_days, draft_template.most_grace_days, draft_template.most_term_days,
               draft_template.within, viewer.account_id
        from portal.agreement_template as former returning id into made;
    end if;
    perform gate.record(@'template_drafted', viewer, refusal, subject => made);
    return made;
end
$$;

-- 'approved', or what keeps it from that: 'own' for whoever drafted it, 'other_text' when another text was shown, 'approved_before', or
-- 'newer_version' when another was drafted meanwhile: a version is never edited, so that is the edit.
-- Null: it is not for this viewer.
-- for: portal_web
create function gate.approve_template(asked uuid, shown bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    template portal.agreement_template;
    answer text;
begin
    if refusal is null then
        select found.* into template from portal.agreement_template as found where found.id = asked for no key update;
        viewer := gate.viewer();
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case when template.id is null then @'no_such_record'
                                                                  when template.drafted_by = viewer.account_id then @'own_draft' end);
    end if;
    answer := case
        when refusal = 'own_draft' then 'own' when refusal is not null then null
        when template.approved_at is not null then 'approved_before'
        when template.digest is distinct from shown then 'other_text'
        when exists (select from portal.agreement_template as newer where newer.version > template.version) then 'newer_version'
        else 'approved'
    end;
    perform gate.record(@'template_approved', viewer, refusal, subject => template.id, document_digest => template.digest,
                        facts => jsonb_build_object('done', coalesce(answer = 'approved', false)));
    if answer = 'approved' then
        update portal.agreement_template set approved_by = viewer.account_id, approved_at = now() where id = asked;
    end if;
    return answer;
end
$$;

-- Makes a draft, or changes one that nobody has been sent yet: 'made' and 'changed'. Else what keeps it from that. 'no_template'.
-- 'another_draft': the company has an unsigned one. 'overlaps': one is in force in the same time, and it was not said that this one
-- replaces it. 'sent': its signatory has it. The template's text has no place for what was chosen: 'inactivity_not_in_template',
-- 'screening_not_in_template', 'downloads_not_in_template', 'group_not_in_template'. 'answers_for_none': the company answers for no group.
-- 'joined_overlaps': it is under a group agreement then. No row: it is not this viewer's.
-- for: portal_web
create function gate.save_agreement(of_company uuid, asked uuid, chosen jsonb, replaces boolean, mail_doubt text)
returns table (result text, agreement_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_variable
declare
    viewer gate.viewer_row := gate.viewer();
    act text := case when asked is null then @'agreement_drafted' else @'agreement_changed' end;
    company portal.company := gate.hold_company(act, of_company);
    refusal text;
    former portal.agreement;
    draft portal.agreement;
    template integer;
    of_group uuid := case when (chosen ->> 'for_group')::boolean
                          then (select found.id from portal.company_group as found where found.responsible_company_id = of_company) end;
begin
    if company.id is null then
        return;
    end if;
    select found.* into former from portal.agreement as found where found.id = asked and found.company_id = of_company for no key update;
    viewer := gate.viewer();  -- who waited for it may have been suspended
    refusal := coalesce(gate.refused_company(viewer, of_company), case
        when gate.state_of(company) = 'terminated' or asked is not null and (former.id is null or former.template_version is null)
            then @'no_such_record' end);
    if refusal is not null then
        perform gate.record(act, viewer, refusal);
        return;
    end if;
    select max(found.version) into template from portal.agreement_template as found where found.approved_at is not null;
    draft := jsonb_populate_record(former, chosen);
    result := case
        when template is null then 'no_template'
        when draft.inactive_days is not null and not gate.has_place(template, 'inactive_days') then 'inactivity_not_in_template'
        when draft.daily_downloads is not null and not gate.has_place(template, 'daily_downloads') then 'downloads_not_in_template'
        when draft.fair_screening and not gate.has_place(template, 'fair_screening') then 'screening_not_in_template'
        when (chosen ->> 'for_group')::boolean and of_group is null then 'answers_for_none'
        when of_group is not null and not gate.has_place(template, 'group') then 'group_not_in_template'
        when former.company_signed_at is not null or former.sent_at is not null and former.declined_at is null and former.withdrawn_at is null then 'sent'
        when exists (select from portal.agreement as other where other.company_id = of_company and other.id is distinct from asked
                       and other.company_signed_at is null and other.template_version is not null and other.terminated_at is null) then 'another_draft'
        when gate.joined_at(of_company, greatest(now(), draft.effective_at)) then 'joined_overlaps'
        when not replaces and exists (
            select from portal.agreement as other where other.company_id = of_company and gate.in_force(other, greatest(now(), draft.effective_at)))
            then 'overlaps'
        when asked is null then 'made' else 'changed'
    end;
    if result in ('made', 'changed') then
        if asked is null then
            select coalesce(max(other.number) filter (where other.template_version is not null or other.number like 'SK-%'),
                            format('SK-%s-%s', to_char(now(), 'YYYY'), upper(left(gen_random_uuid()::text, 8)))) into draft.number
            from (select newest.number, newest.template_version from portal.agreement as newest where newest.company_id = of_company
                  order by newest.created_at desc limit 1) as other;
            insert into portal.agreement (reference, company_id, number, version, items, purposes, text, effective_at, template_version, drafted_by)
            select 'AG-' || gen_random_uuid(), of_company, draft.number,
                   coalesce((select max(other.version) from portal.agreement as other where other.number = draft.number), 0) + 1,
                   draft.items, draft.purposes, '', draft.effective_at, template, viewer.account_id
            returning id into asked;
        end if;
        update portal.agreement
        set items = draft.items, purposes = draft.purposes, contact_days = draft.contact_days, grace_days = draft.grace_days,
            inactive_days = draft.inactive_days, daily_downloads = draft.daily_downloads, fair_screening = coalesce(draft.fair_screening, false),
            territory = draft.territory, effective_at = draft.effective_at, expires_at = draft.expires_at, template_version = template, group_id = of_group,
            company_name = company.name, company_name_latin = company.name_latin, company_address = company.address,
            company_representative = company.representative, company_corporate_number = company.corporate_number,
            company_country = company.country, operator_name = draft.operator_name, operator_address = draft.operator_address,
            operator_representative = draft.operator_representative, signatory_name = draft.signatory_name,
            signatory_title = draft.signatory_title, signatory_email = draft.signatory_email, signatory_authority = draft.signatory_authority
        where agreement.id = asked;
        perform gate.record(act, viewer, company => of_company, agreement => asked, subject => asked,
                            facts => jsonb_strip_nulls(jsonb_build_object('mail_doubt', mail_doubt)));
    else
        perform gate.record(act, viewer, @'not_now', company => of_company);
    end if;
    agreement_id := asked;
    return next;
end
$$;

-- Compliance lets choices stand that lie outside the template's bounds, for the very terms that were shown: 'approved', 'own' for
-- whoever drafted it, 'other_text' when it was changed since. Null: it is not for this viewer, or nothing is to be approved.
-- for: portal_web
create function gate.approve_choices(asked uuid, shown bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    found portal.agreement;
begin
    if refusal is null then
        select agreement.* into found from portal.agreement where agreement.id = asked for no key update;
        viewer := gate.viewer();
        refusal := coalesce(gate.refused_unless(viewer, 'compliance'), case
            when found.id is null or found.company_signed_at is not null or not 'choices_not_approved' = any (coalesce(found.lacks, '{}')) then @'no_such_record'
            when found.drafted_by = viewer.account_id then @'own_draft'
            when found.terms_digest is distinct from shown then @'not_now'
        end);
    end if;
    perform gate.record(@'choices_approved', viewer, refusal, company => found.company_id, agreement => found.id, subject => found.id);
    if refusal is null then
        update portal.agreement
        set choices_approved_by = viewer.account_id, choices_approved_at = now(), choices_approved_digest = found.terms_digest
        where agreement.id = asked;
    end if;
    return case when refusal is null then 'approved' when refusal = 'own_draft' then 'own' when refusal = 'not_now' then 'other_text' end;
end
$$;

-- One agreement made from a template, clause by clause in both languages, with what lies outside the bounds.
-- for: portal_web
create function gate.clauses_of_agreement(asked uuid)
returns table (place integer, key text, heading_ja text, body_ja text, heading_en text, body_en text, beyond text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select ja.place, ja.key, ja.heading, ja.body, en.heading, en.body, gate.out_of_bounds(made)
    from portal.agreement
    join portal.agreement as made on made.id = coalesce(agreement.joined_agreement_id, agreement.id)  -- what was joined says the same
    cross join lateral gate.marked_clauses(made, 'ja') as ja
    join lateral gate.marked_clauses(made, 'en') as en on en.place = ja.place
    where agreement.id = asked and agreement.company_id in (select gate.companies())
    order by ja.place
$$;
