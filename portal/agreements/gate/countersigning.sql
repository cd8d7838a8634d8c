grant insert on portal.agreement_paper to portal_gate;

-- Signing for the operator: by compliance, and so by nobody who drafted or sent the agreement. With it the agreement is in force, and
-- the signed paper is kept; its digest stands in this entry and in the later ones that stand on the agreement.

-- What the paper is made of, once the company has signed; for compliance, who may countersign. No row for anybody else.
-- for: portal_web
create function gate.paper_to_sign(asked uuid)
returns table (agreement portal.agreement, english text, signature portal.agreement_signature, declaration_version integer, countersigner text, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select agreement, gate.english_text(agreement), signature, declaration.version, account.display_name, now()
    from gate.viewer() as viewer
    join portal.account on account.id = viewer.account_id
    join portal.agreement on agreement.id = asked and viewer.role = 'compliance'
    join portal.agreement_signature as signature on signature.agreement_id = agreement.id
    join portal.declaration_text as declaration on declaration.text_digest = signature.declaration_digest
    where agreement.operator_signed_at is null
$$;

-- Those that wait for the operator's signature, the longest wait first.
-- for: portal_web
create function gate.papers_to_sign()
returns table (agreement_id uuid, number text, version integer, company_name text, company_name_latin text, signed_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select agreement.id, agreement.number, agreement.version, company.name, company.name_latin, agreement.company_signed_at
    from gate.viewer() as viewer
    join portal.agreement on viewer.role = 'compliance' and agreement.operator_signed_at is null and agreement.company_signed_at is not null
                         and gate.awaits_operator(agreement)
    join portal.company on company.id = agreement.company_id
    order by agreement.company_signed_at, agreement.id
$$;

create function gate.awaits_operator(agreement portal.agreement) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select agreement.operator_signed_at is null and agreement.terminated_at is null and agreement.withdrawn_at is null
        and exists (select from portal.agreement_signature as signature where signature.agreement_id = agreement.id
                      and signature.terms_digest = agreement.terms_digest)
        and exists (select from portal.company where company.id = agreement.company_id and gate.state_of(company) <> 'terminated')
$$;

-- The operator's act: 'countersigned'. 'overtaken' when the agreement no longer waits, or the paper was made for other terms or too
-- long ago; 'joined_overlaps' while the company is under the agreement of its group; 'own_act' for whoever had a part in it. Null: it is not for this viewer.
-- for: portal_web
create function gate.countersign(asked uuid, terms bytea, at timestamptz, pdf bytea, certificate bytea, self_made boolean, level text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    found portal.agreement;
    refusal text;
begin
    if viewer.role = 'compliance' then
        -- Held as by who records that it joined its group's agreement, so that neither overlooks the other.
        perform from portal.company where company.id = (select agreement.company_id from portal.agreement where agreement.id = asked) for no key update;
        select agreement.* into found from portal.agreement where agreement.id = asked for no key update;
        viewer := gate.viewer();  -- who waited for it may have been suspended
    end if;
    refusal := case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role <> 'compliance' then @'not_for_this_role'
        when found.id is null then @'no_such_record'
        when not gate.awaits_operator(found) or found.terms_digest is distinct from terms or found.expires_at <= now()
            or (at between greatest(now() - interval '10 minutes', found.company_signed_at) and now()) is not true then @'not_to_be_signed'
        when gate.joined_beside(found) then @'under_group_agreement'
        when found.drafted_by = viewer.account_id
            or exists (select from portal.link where link.agreement_id = asked and link.made_by = viewer.account_id) then @'own_act'
    end;
    perform gate.record(@'agreement_countersigned', viewer, refusal, company => found.company_id, agreement => asked, subject => asked,
                        document_digest => case when refusal is null then sha256(pdf) end);
    if refusal is not null then
        return case refusal when @'not_to_be_signed' then 'overtaken' when @'own_act' then 'own_act' when @'under_group_agreement' then 'joined_overlaps' end;
    end if;
    insert into portal.agreement_paper (agreement_id, pdf, certificate_digest, self_made, level)
    values (asked, pdf, certificate, countersign.self_made, countersign.level);
    update portal.agreement set operator_signed_at = at, operator_signed_by = viewer.account_id where id = asked;
    update portal.agreement set superseded_at = greatest(now(), found.effective_at)
    where company_id = found.company_id and id <> asked and superseded_at is null and gate.in_force(agreement, now());
    select agreement.* into found from portal.agreement where agreement.id = asked;
    perform gate.send_agreement_link('signed_copy', found, viewer);
    perform gate.put_mail('agreement_answered', company.account_manager_id)
    from portal.company where company.id = found.company_id and company.account_manager_id is not null;
    return 'countersigned';
end
$$;

-- The signed paper, for the company's administrators, whoever looks after it, compliance, and its signatory by the link to the copy. No
-- row when there is none, or it is not for whoever asks. That it was opened is recorded.
-- for: portal_web
create function gate.open_paper(asked uuid) returns table (number text, version integer, pdf bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    visitor gate.link_row;
    found portal.agreement;
    paper portal.agreement_paper;
    refusal text;
begin
    if viewer.session_id is null then
        visitor := gate.link_visitor();
        viewer := gate.as_viewer(visitor);
    end if;
    select agreement.* into found from portal.agreement
    where agreement.id = asked
      and (visitor.kind = 'signed_copy' and visitor.agreement_id = agreement.id
           or viewer.role in ('account_manager', 'compliance', 'employer_admin') and agreement.company_id in (select gate.companies()));
    select agreement_paper.* into paper from portal.agreement_paper where agreement_paper.agreement_id = found.id;
    refusal := case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role in ('recruiter', 'administrator') then @'not_for_this_role'
        when paper.agreement_id is null then @'no_such_record'
    end;
    perform gate.record(@'agreement_paper_opened', viewer, refusal, company => found.company_id, agreement => found.id, subject => asked,
                        document_digest => paper.digest);
    if refusal is null then
        return query select found.number, found.version, paper.pdf;
    end if;
end
$$;

-- Of which of these agreements there is a paper that this viewer may read, and what signed it. Also which declaration against antisocial forces
-- the signatory gave with it.
-- for: portal_web
create function gate.papers(asked uuid[])
returns table (agreement_id uuid, digest bytea, self_made boolean, level text, declared_at timestamptz, declaration integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select paper.agreement_id, paper.digest, paper.self_made, paper.level, signature.signed_at, declared.version
    from portal.agreement_paper as paper join portal.agreement on agreement.id = paper.agreement_id
    left join portal.agreement_signature as signature on signature.agreement_id = paper.agreement_id
    left join portal.declaration_text as declared on declared.text_digest = signature.declaration_digest
    where paper.agreement_id = any (asked) and agreement.company_id in (select gate.companies())
      and (gate.viewer()).role in ('account_manager', 'compliance', 'employer_admin')
$$;
