-- What PUBLIC loses in the portal's own database. Run by its owner; may be run again.

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to portal_web, portal_worker', current_database());
end
$$;
revoke all on schema public from public;
alter default privileges revoke execute on functions from public;
alter default privileges for role portal_gate revoke execute on functions from public;
