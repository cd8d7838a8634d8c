delete from portal.mail where agreement_id is not null or kind = 'agreement_answered';
delete from portal.link_secret using portal.link where link.id = link_id and link.agreement_id is not null;
delete from portal.link_browser using portal.link where link.id = link_id and link.agreement_id is not null;
delete from portal.link_code using portal.link_session as session join portal.link on link.id = session.link_id
    where session.id = session_id and link.agreement_id is not null;
delete from portal.link_session_end using portal.link_session as session join portal.link on link.id = session.link_id
    where session.id = session_id and link.agreement_id is not null;
delete from portal.link_session using portal.link where link.id = link_id and link.agreement_id is not null;
delete from portal.link_use using portal.link where link.id = link_id and link.agreement_id is not null;
delete from portal.link_withdrawal where agreement_id is not null;
delete from portal.link where agreement_id is not null;
alter table portal.link_session drop column code_entered_at;
drop index portal.link_session_link_id_started_at_idx;
alter table portal.mail
    drop constraint to_one,
    drop column agreement_id,
    add constraint to_one check (num_nonnulls(account_id, candidate_id) = 1);
alter table portal.link_withdrawal drop column agreement_id, alter column account_id set not null;
alter table portal.link drop column agreement_id, drop column terms_digest, alter column account_id set not null;
delete from portal.mail_kind where code in ('signing', 'signed_copy', 'agreement_answered');
delete from portal.link_kind where code in ('signing', 'signed_copy');
