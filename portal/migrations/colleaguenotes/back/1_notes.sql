drop table personal.note_mention;
drop table personal.note;
delete from portal.mail where kind = 'note_mention';
delete from portal.mail_kind where code = 'note_mention';
