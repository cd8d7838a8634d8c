drop table accesslog.unsigned_act;
