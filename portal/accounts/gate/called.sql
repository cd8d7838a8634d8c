-- Up to 20 accounts that are called as was asked: by id, by the address in brackets behind a name, or by part of a name or of an address;
-- those first that are called just that. With nothing asked, the first by name. For compliance, who narrows the log to what one of them did.
-- for: portal_web
create function gate.accounts_called(asked text)
returns table (id uuid, display_name text, email text, is_just_that boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with said as (
        select folded, substring(folded from '\(([^()\s]+@[^()\s]+)\)$') as address,
               case when folded ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then folded::uuid end as id
        from (select btrim(lower(normalize(coalesce(asked, ''), nfkc))) as folded) as written
    )
    select account.id, account.display_name, account.email,
           said.folded in (lower(account.email), lower(normalize(account.display_name, nfkc)))
    from said
    join portal.account
      on case when said.id is not null then account.id = said.id
              when said.address is not null then lower(account.email) = said.address
              else strpos(lower(account.email), said.folded) > 0
                   or strpos(lower(normalize(account.display_name, nfkc)), said.folded) > 0 end
    where gate.viewer_role() = 'compliance'
    order by 4 desc, account.display_name collate "C", account.email collate "C"
    limit 20
$$;
