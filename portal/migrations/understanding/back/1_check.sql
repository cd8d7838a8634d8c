alter table portal.undertaking drop column check_version;
drop table portal.understanding_answer;
drop table portal.understanding_question;
