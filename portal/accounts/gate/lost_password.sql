grant insert, update (locale) on portal.chosen_language to portal_gate;
grant insert, update (answered_at) on portal.link_request to portal_gate;

-- Whoever has no password, or lost it: a link is asked for, and a password of one's own chosen by it.

-- Asking for a link at the sign-in page. Nothing here looks whether the address has an account: what is done, and how long it
-- takes, is the same. Three for one address within an hour; from one origin twenty, and then
-- one a minute, so that nobody shuts an office out. An address that many share by a proxy that nobody listed is no origin.
-- for: portal_web
create function gate.ask_for_link(email text, request text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    digest bytea := portal.text_digest(lower(btrim(ask_for_link.email)));
    note jsonb := nullif(ask_for_link.request, '')::jsonb;
    origin inet := case when not coalesce((note ->> 'shared')::boolean, false) then gate.origin((note ->> 'ip')::inet) end;
    nobody gate.viewer_row;
    wait integer;
    asked uuid;
begin
    perform set_config('portal.request', ask_for_link.request, true);
    if not gate.at_once() then
        raise exception 'gate.ask_for_link needs a new transaction at read committed' using errcode = 'invalid_transaction_state';
    end if;
    perform pg_advisory_xact_lock(hashtextextended(encode(sha256(decoy.secret || digest), 'hex'), 2)) from portal.decoy;
    select coalesce(ceil(extract(epoch from max(until - now()))), 0)::integer into wait
    from (
        (select asked_at + interval '1 hour' as until from portal.link_request
         where email_hash = digest and asked_at > now() - interval '1 hour' order by asked_at desc offset 2 limit 1)
        union all
        (select max(asked_at) + interval '1 minute' from portal.link_request
         where ip = origin and asked_at > now() - interval '1 hour' having count(*) >= 20)
    ) as limits;
    if wait > 0 then
        perform gate.record(@'link_asked_for', nobody, @'too_many_tries');
        return wait;
    end if;
    insert into portal.link_request (email_hash, ip) values (digest, origin) returning id into asked;
    perform gate.put_job('link_request', asked);
    perform gate.record(@'link_asked_for', nobody);
    return 0;
end
$$;

-- The worker's answer to it, which no page waits for: a link to the account of that address, if there is one that may sign in.
-- for: portal_worker
create function gate.answer_link_request(id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    nobody gate.viewer_row;
    whose uuid;
begin
    select account.id into whose
    from portal.link_request join portal.account on portal.text_digest(lower(account.email)) = email_hash
    where link_request.id = answer_link_request.id and answered_at is null and account.status = 'active' and not gate.is_halted(account.id)
    for no key update;
    update portal.link_request set answered_at = now() where portal.link_request.id = answer_link_request.id;
    if whose is not null then
        perform gate.send_link('lost_password', whose, nobody);
    end if;
end
$$;

-- What a link to an account is for: a password of one's own. It uses the link up, and whatever the former password opened ends.
-- for: portal_web
create function gate.choose_password(salt bytea, proof_hash bytea, time_cost integer, memory_kib integer, parallelism integer, locale text)
returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    visitor gate.link_row := gate.link_visitor();
    owner portal.account;
    had_one boolean;
    ended integer;
begin
    if visitor.kind is not null and visitor.kind in ('invitation', 'lost_password') then
        insert into portal.link_use (link_id) values (visitor.link_id) on conflict do nothing;  -- two browsers with one link take turns
    end if;
    if not found then
        perform gate.record(@'password_chosen', gate.as_viewer(visitor), @'link_over');
        return false;
    end if;
    select account.* into owner from portal.account where account.id = visitor.account_id;
    had_one := exists (select from gate.live_credential where account_id = owner.id);
    perform gate.put_credential(owner.id, choose_password.salt, choose_password.proof_hash, choose_password.time_cost,
                                choose_password.memory_kib, choose_password.parallelism, temporary => false, holder => visitor.holder);
    insert into portal.chosen_language (account_id, locale) values (owner.id, choose_password.locale)
    on conflict (account_id) do update set locale = excluded.locale;
    perform gate.withdraw_links(owner.id);
    perform gate.end_link_session(visitor.session_id);
    ended := gate.revoke(owner.id);
    delete from portal.sign_in_failure where email_hash = sha256(convert_to(lower(owner.email), 'UTF8'));
    perform gate.record(@'password_chosen', gate.as_viewer(visitor), company => owner.company_id, subject => owner.id,
                        facts => jsonb_build_object('ended', ended));
    if had_one then
        perform gate.put_mail('password_changed', owner.id);
    end if;
    return true;
end
$$;
