-- Whom a link was sent to, by the number of their capacity; and whether a company suspended an account itself, so that it takes back no
-- more than that.
alter table portal.link add column capacity integer not null default 1;
update portal.link set capacity = account.capacity from portal.account where account.id = link.account_id;
alter table portal.account add column suspended_by_company boolean not null default false;
