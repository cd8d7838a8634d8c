drop table personal.scorecard;
drop table portal.criteria;
