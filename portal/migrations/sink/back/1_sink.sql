drop table portal.log_sink;
