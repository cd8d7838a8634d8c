drop index accesslog.entry_transaction_idx;
drop table accesslog.checkpoint;
drop table accesslog.leaf;
