-- A company's names in the form in which they are compared, kept by whatever writes them.

create function gate.fold_name() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.name_folded := lower(normalize(concat_ws(E'\n', new.name, new.name_latin), nfkc));
    return new;
end
$$;
create trigger fold_name before insert or update of name, name_latin on portal.company for each row execute function gate.fold_name();
