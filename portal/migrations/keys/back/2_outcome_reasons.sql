alter table personal.outcome drop constraint outcome_result_reason_fkey;
drop table portal.outcome_reason;
