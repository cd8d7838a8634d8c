-- Who looks after a company from now on: said by whoever looks after it, or by an administrator.

-- Who can look after companies, for whoever may say so.
-- for: portal_web
create function gate.account_managers() returns table (id uuid, display_name text, email text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.id, account.display_name, account.email from portal.account
    where gate.viewer_role() in ('account_manager', 'administrator') and account.role = 'account_manager' and account.status = 'active'
    order by account.display_name, account.email
$$;

-- "handed_over"; "no_heir" when the other cannot look after a company, or does so already. Null: it is not this viewer's.
-- for: portal_web
create function gate.hand_company_over(asked uuid, heir uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := case when viewer.role = 'administrator' then case when not exists (select from portal.company where id = asked) then @'no_such_record' end
                         else gate.refused_company(viewer, asked) end;
    former uuid;
begin
    if refusal is not null then
        perform gate.record(@'company_handed_over', viewer, refusal);
        return null;
    end if;
    select company.account_manager_id into former from portal.company where company.id = asked for no key update;
    -- Not held: no suspension may wait for whoever hands over. Whom it meets in that moment, an administrator can give away.
    if not exists (select from portal.account
                   where id = heir and role = 'account_manager' and status = 'active' and id is distinct from former) then
        return 'no_heir';
    end if;
    update portal.company set account_manager_id = heir where company.id = asked;
    perform gate.record(@'company_handed_over', viewer, company => asked, subject => asked,
                        facts => jsonb_build_object('former_manager', former, 'manager', heir));
    return 'handed_over';
end
$$;
