delete from personal.download where kind = 'print';
alter table personal.download drop constraint download_kind_check;
alter table personal.download add constraint download_kind_check check (kind in ('resume', 'original', 'index'));
