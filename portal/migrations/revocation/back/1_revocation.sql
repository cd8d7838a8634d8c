alter table portal.account add column last_signed_in_at timestamptz;
update portal.account set last_signed_in_at = (select max(started_at) from portal.session where account_id = account.id);
alter table portal.session add column ended_at timestamptz;
update portal.session
set ended_at = (select min(revoked_at) from portal.revocation
                where revocation.account_id = session.account_id and revoked_at >= session.started_at
                  and (session_id is null or session_id = session.id));
drop index portal.session_account_id_started_at_idx;
create index on portal.session (account_id) where ended_at is null;
drop table portal.revocation;
