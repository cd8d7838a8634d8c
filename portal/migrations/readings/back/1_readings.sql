drop index accesslog.entry_read_by;
