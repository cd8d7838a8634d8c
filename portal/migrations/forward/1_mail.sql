insert into portal.mail_kind (code) values ('candidates_introduced');
