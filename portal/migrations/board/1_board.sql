-- A company's names in the form in which they are compared, so that a search among thousands reckons nothing. The gate keeps it.
alter table portal.company add column name_folded text not null default '';
update portal.company set name_folded = lower(normalize(concat_ws(E'\n', name, name_latin), nfkc));
