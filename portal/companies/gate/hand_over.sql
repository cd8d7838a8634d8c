-- Who looks after a company from now on: said by whoever looks after it, or by an administrator.

-- Who can look after companies, for whoever may say so.
-- for: portal_web
create function gate.account_managers() returns table (id uuid, display_name text, email text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select account.id, account.display_name, account.email from portal.account
    where gate.viewer_role() in ('account_manager', 'administrator') and gate.can_look_after(account.id)
    order by account.display_name, account.email
$$;

-- "handed_over"; "no_heir" when the other cannot look after a company, or does so already. Null: it is not this viewer's.
-- for: portal_web, portal_owner
create function gate.hand_company_over(asked uuid, heir uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found portal.company := gate.hold_company(@'company_handed_over', asked, administrators_too => true);
begin
    if found.id is null then
        return null;
    elsif (gate.viewer()).role = 'account_manager' and found.account_manager_id is distinct from (gate.viewer()).account_id then
        perform gate.record(@'company_handed_over', gate.viewer(), @'not_for_this_role', company => asked);
        return null;  -- who stands in acts for the company, and does not give it away
    end if;
    -- Not held: no suspension may wait for whoever hands over. Whom it meets in that moment, an administrator can give away.
    if heir is not distinct from found.account_manager_id or not gate.can_look_after(heir) then
        return 'no_heir';
    end if;
    update portal.company set account_manager_id = heir where company.id = asked;
    perform gate.record(@'company_handed_over', gate.viewer_or_program(), company => asked, subject => asked,
                        facts => jsonb_build_object('former_manager', found.account_manager_id, 'manager', heir));
    return 'handed_over';
end
$$;
