alter table portal.undertaking drop column text_version, drop column text_language, drop column text_digest, drop column original_digest;
drop table portal.undertaking_text;
