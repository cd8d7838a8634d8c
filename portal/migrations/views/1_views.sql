-- A search of the list that an account keeps under a name of its own: choices and order alone. What can be typed into a search may be a
-- person's name, and has no place here: values are codes and ids.
create table portal.saved_view (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    name text not null check (length(name) between 1 and 60),
    filters jsonb not null check (
        filters - '{opening,stage,japanese,work,unread,assigned,language,available,sort}'::text[] = '{}'
        and not jsonb_path_exists(filters, '$.* ? (@.type() != "string" || !(@ like_regex "^[a-z0-9_-]{1,36}$"))')),
    created_at timestamptz not null default now(),
    unique (account_id, name)
);
alter table portal.saved_view enable row level security, force row level security;
create policy owner_all on portal.saved_view to portal_owner using (true) with check (true);
