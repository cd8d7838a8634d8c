-- What a company does, by the divisions of the Japan Standard Industrial Classification; its words are in words.html.
alter table portal.company add column industry text check (industry ~ '^[a-z_]+$');
