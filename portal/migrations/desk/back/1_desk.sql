delete from portal.mail where kind in ('certification_asked', 'certification_reminder', 'certification_over');
delete from portal.mail_kind where code in ('certification_asked', 'certification_reminder', 'certification_over');
drop table portal.certified_account, portal.certification, portal.log_review_entry, portal.log_review;
