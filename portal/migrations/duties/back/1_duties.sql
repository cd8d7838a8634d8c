drop table personal.deletion_duty;
drop table personal.download;
