delete from portal.mail where kind = 'address_changed';
alter table portal.mail drop column former_email;
delete from portal.mail_kind where code = 'address_changed';
-- What does not count must not count again.
delete from portal.undertaking using portal.account where account.id = account_id and undertaking.capacity <> account.capacity;
delete from portal.credential using portal.account where account.id = account_id and credential.holder <> account.holder;
insert into portal.revocation (account_id, session_id)
select account_id, session.id from portal.session join portal.account on account.id = account_id where session.capacity <> account.capacity;
alter table portal.undertaking drop column capacity, add unique (account_id, agreement_id);
alter table portal.credential drop column holder;
alter table portal.session drop column capacity;
alter table portal.account drop column capacity, drop column holder;
