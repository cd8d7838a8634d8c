grant insert on portal.agreement_signature to portal_gate;

-- Signing for a company: the link that its signatory gets, and what they do with it. Nobody signs but whoever opened the link with the
-- code that went to the signatory's own address; an account, whosever it is, does not.

create function gate.withdraw_agreement_links(asked uuid) returns timestamptz
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.link_withdrawal (agreement_id) values (asked) returning withdrawn_at
$$;

-- A link to whoever the agreement names as its signatory, for the terms as they stand; the ones before end.
create function gate.send_agreement_link(kind text, asked portal.agreement, viewer gate.viewer_row) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    former timestamptz := gate.withdraw_agreement_links(asked.id);
    made portal.link;
begin
    insert into portal.link (kind, agreement_id, terms_digest, made_by, made_at, expires_at)
    select send_agreement_link.kind, asked.id, asked.terms_digest, viewer.account_id,
           greatest(clock_timestamp(), former + interval '1 microsecond'), now() + lasts
    from portal.link_kind where code = send_agreement_link.kind
    returning * into made;
    perform gate.put_mail(send_agreement_link.kind, null, until => made.expires_at, link => made.id, agreement => asked.id);
end
$$;

-- The agreement, locked, when it is one of a company that this viewer looks after, and nothing ended it.
create function gate.agreement_of_mine(viewer gate.viewer_row, asked uuid) returns portal.agreement
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    found portal.agreement;
begin
    select agreement.* into found from portal.agreement where agreement.id = asked;
    if found.id is null or gate.refused_company(viewer, found.company_id) is not null then
        return null;
    end if;
    select agreement.* into found from portal.agreement where agreement.id = asked for no key update;
    -- Whoever waited for this row may have been suspended, or have handed the company over.
    if gate.refused_company(gate.viewer_or_program(), found.company_id) is not null
       or not exists (select from portal.company where company.id = found.company_id and gate.state_of(company) <> 'terminated') then
        return null;
    end if;
    return found;
end
$$;

-- Has the signatory asked to sign, or asked anew: 'sent'; 'lacking' when it lacks something, or a signatory; 'signed' when they have
-- signed it already; 'over' when its time is. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.send_agreement(asked uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    found portal.agreement := gate.agreement_of_mine(viewer, asked);
    answer text;
begin
    if found.id is null then
        perform gate.record(@'agreement_sent', viewer, coalesce(gate.refused_unless(viewer, 'account_manager'), @'no_such_record'), subject => asked);
        return null;
    end if;
    answer := case
        when found.company_signed_at is not null then 'signed'
        when found.expires_at <= now() or found.terminated_at is not null then 'over'
        when found.lacks is not null or gate.is_blank(found.signatory_name, found.signatory_title, found.signatory_email, found.signatory_authority)
            then 'lacking'
        else 'sent'
    end;
    perform gate.record(@'agreement_sent', viewer, case when answer <> 'sent' then @'not_to_be_signed' end, company => found.company_id,
                        agreement => asked, subject => asked, document_digest => found.text_digest);
    if answer = 'sent' then
        update portal.agreement set sent_at = now(), declined_at = null, declined_reason = null, withdrawn_at = null where id = asked;
        perform gate.send_agreement_link('signing', found, viewer);
    end if;
    return answer;
end
$$;

-- Takes the link back: true; false when nobody was to sign. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.withdraw_agreement(asked uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer_or_program();
    found portal.agreement := gate.agreement_of_mine(viewer, asked);
begin
    if found.id is null then
        perform gate.record(@'agreement_withdrawn', viewer, coalesce(gate.refused_unless(viewer, 'account_manager'), @'no_such_record'), subject => asked);
        return null;
    elsif not gate.awaits_signatory(found) then
        return false;
    end if;
    update portal.agreement set withdrawn_at = now() where id = asked;
    perform gate.withdraw_agreement_links(asked);
    perform gate.record(@'agreement_withdrawn', viewer, company => found.company_id, agreement => asked, subject => asked);
    return true;
end
$$;

-- The declaration of a version, or that is given now, one text in each language, the original first. It says nothing about anybody.
-- for: portal_web
create function gate.declaration_texts_of(asked integer)
returns table (version integer, language text, text text, text_digest bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select found.version, found.language, found.text, found.text_digest from portal.declaration_text as found
    where found.version = coalesce(asked, (select max(newest.version) from portal.declaration_text as newest where newest.published_at <= now()))
    order by found.text_digest <> found.original_digest, found.language
$$;

-- for: portal_web
create function gate.declaration_texts() returns table (version integer, language text, text text, text_digest bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select * from gate.declaration_texts_of(null) $$;

-- The text beside the Japanese original: of an agreement that was made from a template. One that was brought from outside has none.
create function gate.english_text(agreement portal.agreement) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when agreement.template_version is not null then gate.agreement_text(agreement, 'en') end
$$;

-- The agreement that whoever asks by a signatory's link is to sign, or has got the copy of; and the text of the one before it.
-- for: portal_web
create function gate.agreement_by_link() returns table (agreement portal.agreement, english text, former_text text, former_number text, former_version integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select asked, gate.english_text(asked), former.text, former.number, former.version
    from gate.link_visitor() as visitor
    join portal.agreement as asked on asked.id = visitor.agreement_id
    left join lateral (
        select earlier.text, earlier.number, earlier.version from portal.agreement as earlier
        where earlier.company_id = asked.company_id and earlier.id <> asked.id
          and earlier.company_signed_at is not null and earlier.operator_signed_at is not null
        order by earlier.effective_at desc, earlier.id desc limit 1
    ) as former on true
$$;

-- The agreement of a signatory's link that is still to be signed, locked; none when the link is over.
create function gate.agreement_to_answer(visitor gate.link_row) returns portal.agreement
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    found portal.agreement;
begin
    if visitor.kind = 'signing' then
        select agreement.* into found from portal.agreement where agreement.id = visitor.agreement_id for no key update;
        if found.group_id is not null and found.company_signed_at is null then
            -- a member may be called otherwise since the text was made, or a list be out: signed is what it says now, or nothing
            update portal.agreement set superseded_at = superseded_at where id = found.id returning * into found;
        end if;
        if not exists (select from gate.open_link where id = visitor.link_id) then
            return null;  -- what it waited for withdrew it, or answered
        end if;
    end if;
    return found;
end
$$;

create function gate.one_form(name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select lower(regexp_replace(normalize(name, nfkc), '\s', '', 'g'))
$$;

-- The signatory's act: 'signed'. Else what keeps it from that. The answer is 'other_text' when the terms or the declaration that were shown are not those of now. It
-- is 'other_name' when they say that they are somebody else than the agreement names. It is 'over' when the link is. Signing uses the link up.
-- for: portal_web
create function gate.sign_agreement(terms bytea, shown bytea, language text, declaration bytea, name text, title text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor();
    found portal.agreement := gate.agreement_to_answer(visitor);
    entered timestamptz;
    refusal text;
    entry uuid;
begin
    select code_entered_at into entered from portal.link_session where id = visitor.session_id;
    refusal := case
        when found.id is null or entered is null then @'link_over'
        when found.terms_digest is distinct from terms
            or shown is distinct from case sign_agreement.language when 'ja' then found.text_digest
                                      else portal.text_digest(gate.english_text(found)) end
            or not exists (select from gate.declaration_texts() as today where today.text_digest = declaration) then @'other_text'
        when gate.one_form(found.signatory_name) <> gate.one_form(name) then @'other_name'
    end;
    entry := gate.record(@'agreement_signed', gate.as_viewer(visitor), refusal, company => found.company_id, agreement => found.id,
                         subject => found.id, document_digest => coalesce(shown, found.text_digest));
    if refusal is not null then
        return case when refusal = @'link_over' then 'over' else refusal end;
    end if;
    insert into portal.agreement_signature (agreement_id, session_id, stated_name, stated_title, authority, email, language, terms_digest,
                                            text_digest, declaration_digest, code_entered_at, ip, agent, entry_id)
    values (found.id, visitor.session_id, name, title, found.signatory_authority, found.signatory_email, sign_agreement.language, terms,
            shown, declaration, entered, coalesce((gate.request() ->> 'ip')::inet, visitor.ip), coalesce(gate.request() ->> 'agent', visitor.agent), entry);
    update portal.agreement set company_signed_at = now(), evidence = 'portal: entry ' || entry where id = found.id;
    perform gate.link_answered(visitor, found);
    return 'signed';
end
$$;

-- The signatory does not sign, and says why: true; false when the link is over. The reason is kept with the agreement and not in the log.
-- for: portal_web
create function gate.decline_agreement(reason text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor();
    found portal.agreement := gate.agreement_to_answer(visitor);
begin
    perform gate.record(@'agreement_declined', gate.as_viewer(visitor), case when found.id is null then @'link_over' end,
                        company => found.company_id, agreement => found.id, subject => found.id);
    if found.id is null then
        return false;
    end if;
    update portal.agreement set declined_at = now(), declined_reason = reason where id = found.id;
    perform gate.link_answered(visitor, found);
    return true;
end
$$;

-- The link is used up, its sign-in ends, and whoever looks after the company is told that there is an answer.
create function gate.link_answered(visitor gate.link_row, found portal.agreement) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    insert into portal.link_use (link_id) values (visitor.link_id);
    perform gate.end_link_session(visitor.session_id);
    perform gate.put_mail('agreement_answered', company.account_manager_id)
    from portal.company where company.id = found.company_id and company.account_manager_id is not null;
end
$$;

-- How the mail with the newest link fares, for whoever may read the company's records: 'waiting', 'sent', 'given_up' or 'dropped', the
-- failure of the last try, and until when the link is good. No row when none was made.
-- for: portal_web
create function gate.signing_links(asked uuid[])
returns table (agreement_id uuid, state text, failure text, attempts integer, sent_at timestamptz, expires_at timestamptz, open boolean, opened_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select newest.agreement_id, mail.state, mail.failure, mail.attempts, newest.made_at, newest.expires_at,
           exists (select from gate.open_link where open_link.id = newest.id),
           (select max(session.code_entered_at) from portal.link_session as session where session.link_id = newest.id)
    from (select distinct on (link.agreement_id) link.* from portal.link
          where link.agreement_id = any (asked) and link.kind = 'signing' order by link.agreement_id, link.made_at desc) as newest
    join portal.agreement on agreement.id = newest.agreement_id and agreement.company_id in (select gate.companies())
    left join lateral (select * from portal.mail where mail.link_id = newest.id order by written_at desc limit 1) as mail on true
    where (gate.viewer()).role in ('account_manager', 'compliance')
$$;
