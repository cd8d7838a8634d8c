drop table portal.stand_in;
