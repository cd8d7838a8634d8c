-- How somebody of a company wants to be told by mail that there is something new, and when they were last sent what came together.
alter table portal.account
    add column notices text not null default 'at_once' check (notices in ('at_once', 'daily', 'never')),
    add column digest_at timestamptz;
insert into portal.mail_kind (code) values ('daily_digest'), ('assigned');
