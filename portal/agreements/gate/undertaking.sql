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

-- One recruiter's own promise under the agreement in force, and to the very text that was shown, whose digest they send:
-- 'accepted', or 'other_text' when that is no text of today, or 'no_such_record' when the agreement is none of theirs.
-- for: portal_web
create function gate.accept_undertaking(agreement uuid, shown bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    asked_text record;
    answer text := 'accepted';
begin
    select * into asked_text from gate.undertaking_texts() as today where today.text_digest = shown;
    if asked_text.version is null then
        answer := 'other_text';
    end if;
    if not exists (
        select from portal.agreement as asked
        where asked.id = agreement and asked.company_id = viewer.company_id and gate.in_force(asked, now())
    ) then
        answer := 'no_such_record';
    end if;
    perform gate.record(@'undertaking_accepted', viewer, case when answer <> 'accepted' then @'no_such_record' end, agreement => agreement,
                        document_digest => asked_text.text_digest, facts => jsonb_build_object('text_version', asked_text.version));
    if answer = 'accepted' then
        insert into portal.undertaking (agreement_id, account_id, capacity, text_version, text_language, text_digest, original_digest)
        values (agreement, viewer.account_id, viewer.capacity, asked_text.version, asked_text.language, asked_text.text_digest,
                asked_text.original_digest)
        on conflict do nothing;
    end if;
    return answer;
end
$$;

-- Who accepted the undertaking under one of these agreements, of the people of companies whose records the viewer may read. What
-- somebody undertook before their account became something else does not count.
-- for: portal_web
create function gate.accepted_by(agreements uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.id
    from portal.undertaking join portal.account on account.id = undertaking.account_id and account.capacity = undertaking.capacity
    where undertaking.agreement_id = any (agreements) and account.company_id in (select gate.companies())
$$;
