alter table accesslog.entry drop column agreement_digest;
drop table portal.agreement_paper;
drop table portal.agreement_signature;
drop table portal.declaration_text;
