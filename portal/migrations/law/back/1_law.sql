drop table personal.law_change;
drop index personal.candidate_standing;
alter table personal.candidate drop constraint loosened, drop column former_regime, drop column loosened_at, drop column lifted_at;
create unique index candidate_standing on personal.candidate (id) include (regime, restricted_at, objected_at, erased_at);
update portal.regime set items = (select sum(mask) from portal.item) where code = 'california';
alter table portal.regime drop column strictness;
