drop table accesslog.cosignature;
drop table portal.log_witness;
drop table portal.log_publication;
