drop table portal.download_limit;
