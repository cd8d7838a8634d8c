alter table portal.notice drop column most_days;
