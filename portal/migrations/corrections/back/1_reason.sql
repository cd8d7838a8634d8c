delete from portal.reason where code = 'nothing_to_correct';
