alter table accesslog.checkpoint drop column key;
