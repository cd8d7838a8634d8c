delete from portal.mail where kind = 'candidates_introduced';
delete from portal.mail_kind where code = 'candidates_introduced';
