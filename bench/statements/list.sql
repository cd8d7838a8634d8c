select * from gate.search(row(null, null, null, null, null, null, null, null, null, null, null)::gate.search_filter, null, null, false, 26, 6145);
commit;
