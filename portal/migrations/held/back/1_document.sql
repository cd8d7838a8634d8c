alter table personal.document drop constraint a_photo_is_one, drop column holds;
