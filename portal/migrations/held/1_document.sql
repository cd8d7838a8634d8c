-- Which items a file shows to whoever opens it. Of files from before nobody said, and unknown counts as all thirteen.
alter table personal.document add column holds integer not null default 8191 check (holds between 1 and 8191);
update personal.document set holds = 4 where kind = 'photo';
alter table personal.document add constraint a_photo_is_one check (kind <> 'photo' or holds = 4);
