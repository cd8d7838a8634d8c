select count(*) from gate.disclose((:ids::uuid[])[1:25], null, 'listed', 6145);
commit;
