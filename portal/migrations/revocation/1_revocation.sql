-- What ends a sign-in is a row of its own: there is no row that somebody could hold so that it cannot be changed.
create table portal.revocation (
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null references portal.account,
    session_id uuid references portal.session,  -- null: every sign-in of the account that began until then
    revoked_at timestamptz not null default clock_timestamp()
);
create index on portal.revocation (account_id, revoked_at);
alter table portal.revocation enable row level security, force row level security;
create policy owner_all on portal.revocation to portal_owner using (true) with check (true);

insert into portal.revocation (account_id, session_id, revoked_at)
select account_id, id, ended_at from portal.session where ended_at is not null;
alter table portal.session drop column ended_at;
create index on portal.session (account_id, started_at);

-- Who signed in when stands with the sign-ins; a copy on the account would be held by whoever signs in.
alter table portal.account drop column last_signed_in_at;
