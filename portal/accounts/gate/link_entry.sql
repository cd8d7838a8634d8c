grant insert on portal.link_session, portal.link_session_end, portal.link_browser, portal.link_code to portal_gate;

-- A personal link is opened as a sign-in of its own kind, with a code by mail on a browser that is new to it.

-- Opening a link uses nothing up: a link of single use is used up by the act that it is for.
-- for: portal_web
create function gate.enter_by_link(link_secret text, secret_hash bytea, browser_secret text, request text)
returns table (result text, kind text, retry_after integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    address inet := (nullif(enter_by_link.request, '')::jsonb ->> 'ip')::inet;
    agent text := left(nullif(enter_by_link.request, '')::jsonb ->> 'agent', 300);
    digest bytea := sha256(convert_to(enter_by_link.link_secret, 'UTF8'));
    wait integer := gate.sign_in_wait(digest, gate.origin(address));
    found gate.open_link;
    of_kind portal.link_kind;
    visitor gate.link_row;
    known_at timestamptz;
    asks boolean;
begin
    perform set_config('portal.request', enter_by_link.request, true);
    if not gate.at_once() then
        raise exception 'gate.enter_by_link needs a new transaction at read committed' using errcode = 'invalid_transaction_state';
    end if;
    if wait > 0 then
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'too_many_tries');
        return query select 'throttled', null::text, wait;
        return;
    end if;
    select link.* into found from portal.link_secret join gate.open_link as link on link.id = link_id where link_secret.secret_hash = digest;
    if found.id is null then
        insert into portal.sign_in_failure (email_hash, ip) values (digest, gate.origin(address));
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'link_over');
        return query select 'over', null::text, 0;
        return;
    end if;
    select link_kind.* into of_kind from portal.link_kind where code = found.kind;
    select known.made_at into known_at from portal.link_browser as known
    where known.link_id = found.id and known.secret_hash = sha256(convert_to(enter_by_link.browser_secret, 'UTF8'));
    asks := of_kind.asks_code and known_at is null;
    wait := case when asks then gate.code_wait(found.id) else 0 end;
    if wait > 0 then
        perform gate.record(@'link_opened', gate.as_viewer(visitor), @'too_many_tries');
        return query select 'throttled', null::text, wait;
        return;
    end if;
    insert into portal.link_session (link_id, secret_hash, expires_at, ip, agent, awaits_code, code_entered_at)
    values (found.id, enter_by_link.secret_hash, least(now() + of_kind.stays, found.expires_at), address, agent, asks, known_at)
    returning id into visitor.session_id;
    if asks then
        insert into portal.link_code (session_id) values (visitor.session_id);
        perform gate.put_mail('link_code', found.account_id, until => now() + interval '15 minutes', session => visitor.session_id,
                              agreement => found.agreement_id);
    end if;
    perform gate.record(@'link_opened', gate.as_viewer(visitor), subject => found.account_id, agreement => found.agreement_id,
                        company => gate.company_of(found.agreement_id), facts => jsonb_build_object('link_kind', found.kind));
    return query select case when asks then 'code_needed' else 'opened' end, found.kind, 0;
end
$$;

-- Seconds until a link sends another code to a browser that is new to it: ten within an hour, so that whoever has somebody's link
-- neither fills their mailbox nor guesses on. Browsers that entered one before go on.
create function gate.code_wait(link uuid) returns integer
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(ceil(extract(epoch from max(started_at) + interval '1 hour' - now()))::integer, 0)
    from (select started_at from portal.link_session
          where link_id = code_wait.link and awaits_code and started_at > now() - interval '1 hour'
          order by started_at desc offset 9 limit 1) as tenth
$$;

create function gate.company_of(agreement uuid) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select company_id from portal.agreement where id = company_of.agreement
$$;

-- A code is good for a quarter of an hour and five tries. Then the sign-in ends, and the link can be opened again.
-- for: portal_web
create function gate.enter_link_code(code text, browser_secret_hash bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
    waiting portal.link_code;
    correct boolean;
begin
    select link_code.* into waiting from portal.link_code where session_id = visitor.session_id for update;
    if waiting.session_id is null then
        perform gate.record(@'link_code_entered', gate.as_viewer(visitor), @'link_over');
        return 'over';
    end if;
    correct := waiting.code_hash = sha256(uuid_send(waiting.session_id) || convert_to(code, 'UTF8'));
    perform gate.record(@'link_code_entered', gate.as_viewer(visitor), case when not coalesce(correct, false) then @'code_wrong' end,
                        subject => visitor.account_id, agreement => visitor.agreement_id, company => gate.company_of(visitor.agreement_id));
    if correct then
        update portal.link_session set awaits_code = false, code_entered_at = now() where id = visitor.session_id;
        delete from portal.link_code where session_id = visitor.session_id;
        insert into portal.link_browser (link_id, secret_hash) values (visitor.link_id, browser_secret_hash);
        return 'entered';
    end if;
    update portal.link_code set tries = tries + 1 where session_id = visitor.session_id;
    if waiting.tries >= 4 then
        perform gate.end_link_session(visitor.session_id);
        return 'over';
    end if;
    return 'wrong';
end
$$;

-- As gate.revoke: an insert that meets no other. Its code is good for nothing from then on, and forgotten by gate.keep_links.
create function gate.end_link_session(which uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
    insert into portal.link_session_end (session_id) values (which)
$$;

-- Another code, for whom the first did not reach; three are sent at the most.
-- for: portal_web
create function gate.send_link_code_again() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
begin
    update portal.link_code set sent = sent + 1 where session_id = visitor.session_id and sent < 3;
    if found then
        perform gate.put_mail('link_code', visitor.account_id, until => now() + interval '15 minutes', session => visitor.session_id,
                              agreement => visitor.agreement_id);
    end if;
    return found;
end
$$;

-- for: portal_web
create function gate.leave_link() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    visitor gate.link_row := gate.link_visitor(code_or_not => true);
begin
    if visitor.session_id is not null then
        perform gate.end_link_session(visitor.session_id);
        perform gate.record(@'sign_out', gate.as_viewer(visitor), subject => visitor.account_id, agreement => visitor.agreement_id,
                            company => gate.company_of(visitor.agreement_id));
    end if;
end
$$;
