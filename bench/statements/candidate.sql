\set place random(1, 64)
select * from gate.disclose(array[(:ids::uuid[])[:place]], null, 'page_shown', 16383);
select * from gate.basis((:ids::uuid[])[:place]);
commit;
