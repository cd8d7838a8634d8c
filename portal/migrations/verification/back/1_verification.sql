drop table portal.log_verification;
