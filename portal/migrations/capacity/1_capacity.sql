-- In what capacity somebody acts, and who holds the account: numbers that count up. The capacity counts changes of e-mail, role and
-- company, the holder those of the e-mail. A sign-in or an undertaking of another capacity is none, nor is another holder's password.
-- Numbers and no moments: what is done in the very moment of a change carries the number that it began with.
alter table portal.account
    add column capacity integer not null default 1,
    add column holder integer not null default 1;
alter table portal.session add column capacity integer not null default 1;
alter table portal.credential add column holder integer not null default 1;
alter table portal.undertaking
    add column capacity integer not null default 1,
    drop constraint undertaking_account_id_agreement_id_key,
    add unique (account_id, agreement_id, capacity);

-- Whoever had the address of an account until now is told there, and nowhere else.
insert into portal.mail_kind (code) values ('address_changed');
alter table portal.mail add column former_email text;
