select array_agg(introduction_id) as ids from (select introduction_id from gate.search(row(null, null, null, null, null, null, null, null)::gate.search_filter, null, null, false, 26) limit 25) as page \gset
select * from gate.disclose(:ids::uuid[], null, 'listed', 6145);
commit;
