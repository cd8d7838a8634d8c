drop table personal.introduction_withdrawal;
delete from portal.mail where kind = 'introduction_withdrawn';
delete from portal.mail_kind where code = 'introduction_withdrawn';
