alter table accesslog.fact drop column words;
