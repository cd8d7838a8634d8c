\set place random(1, 64)
select * from gate.disclose(array[(:ids::uuid[])[:place]], null, 'page_shown', 16383) as disclosed cross join lateral gate.basis(disclosed.introduction_id) as stands_on;
commit;
