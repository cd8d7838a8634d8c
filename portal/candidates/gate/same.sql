-- A restriction and an objection are the person's, under whatever number: who has the same e-mail address is held, too. A telephone is shared by
-- households, and says nothing of what each of them wants, so it is not asked here.

-- Each of those with this e-mail address who is not held, though another of them is: where this person is one of the two.
create function gate.hold_by_same_mail(person uuid, mail text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    held uuid;
    act text;
begin
    for held, act in
        with same as (
            select candidate.id, candidate.restricted_at, candidate.objected_at
            from personal.candidate_items as items join personal.candidate on candidate.id = items.candidate_id
            where lower(items.email) = lower(mail) and candidate.erased_at is null
        )
        select one.id, found.act from same as one join same as other on other.id <> one.id and person in (one.id, other.id)
        cross join lateral (values (@'use_restricted', one.restricted_at, other.restricted_at),
                                   (@'use_objected_to', one.objected_at, other.objected_at)) as found(act, own, others)
        where found.own is null and found.others is not null group by one.id, found.act order by one.id, found.act
    loop
        update personal.candidate set
            restricted_at = case act when @'use_restricted' then now() else candidate.restricted_at end,
            objected_at = case act when @'use_objected_to' then now() else candidate.objected_at end
        where candidate.id = held;
        perform gate.record(act, gate.viewer_or_program(), candidate => held);
    end loop;
end
$$;

-- Whoever restricts or objects, and whoever's e-mail address becomes that of one who did.
create function gate.hold_same_person() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_table_name = 'candidate_items' then
        perform gate.hold_by_same_mail(new.candidate_id, new.email);
    else
        perform gate.hold_by_same_mail(new.id, items.email) from personal.candidate_items as items where items.candidate_id = new.id;
    end if;
    return null;
end
$$;
create trigger held_of_same_mail after update of email on personal.candidate_items
for each row when (new.email is distinct from old.email) execute function gate.hold_same_person();
create trigger held_of_new_mail after insert on personal.candidate_items
for each row when (new.email is not null) execute function gate.hold_same_person();
create trigger held_of_same after update of restricted_at, objected_at on personal.candidate
for each row when (old.restricted_at is null and new.restricted_at is not null or old.objected_at is null and new.objected_at is not null)
execute function gate.hold_same_person();
