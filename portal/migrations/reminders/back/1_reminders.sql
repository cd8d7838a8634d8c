delete from portal.mail where kind in ('agreement_ends_60', 'agreement_ends_30', 'agreement_ends_7');
delete from portal.mail_kind where code in ('agreement_ends_60', 'agreement_ends_30', 'agreement_ends_7');
drop table portal.agreement_reminder;
