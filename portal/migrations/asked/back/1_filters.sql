delete from accesslog.fact where kind in ('session', 'entry');
alter table accesslog.fact drop constraint fact_kind_check;
alter table accesslog.fact add constraint fact_kind_check
    check (kind in ('flag', 'number', 'word', 'moment', 'company', 'account', 'opening'));
drop index accesslog.entry_subject_ip_recorded_at_idx;
drop index accesslog.entry_document_digest_recorded_at_id_idx;
drop index accesslog.entry_role_recorded_at_id_idx;
drop index accesslog.entry_reasons_idx;
drop table portal.saved_search;
