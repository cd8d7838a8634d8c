select * from gate.search(null::gate.search_filter, null, null, false, 26, 6145);
commit;
