-- What ends a sign-in by a link is a row with a key of its own, as in portal.revocation: two that end the same one do not meet.
alter table portal.link_session_end
    drop constraint link_session_end_pkey,
    add column id uuid primary key default gen_random_uuid(),
    alter column ended_at set default clock_timestamp();
create index on portal.link_session_end (session_id);

-- What is counted was refused for want of a sign-in, or because it was tried too often.
alter table accesslog.unsigned_act add column reason text not null default 'no_live_session';
alter table accesslog.unsigned_act alter column reason drop default;
