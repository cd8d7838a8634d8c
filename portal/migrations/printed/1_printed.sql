-- A page that is opened for printing is on paper from then on, and to be destroyed as a file is to be deleted.
alter table personal.download drop constraint download_kind_check;
alter table personal.download add constraint download_kind_check check (kind in ('resume', 'original', 'index', 'print'));
