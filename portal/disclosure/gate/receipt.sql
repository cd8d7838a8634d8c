-- What the number of a receipt stands for: the entry of what was shown and the one that says it left. Each comes with the leaf that seals it and
-- what proves that leaf under a checkpoint over it (accesslog/gate/proof.sql). Where nothing is sealed yet "leaf" is null.
-- for: portal_owner
create function gate.receipt_proof(asked uuid)
returns table (entry accesslog.entry, account_name text, company_name text, company_name_latin text, agreement_number text,
               leaf bigint, before bigint, edges bytea[], leaves bytea[], note text, key text, cosignatures text[], witnesses text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with shown as (
        select entry as one from accesslog.entry
        where entry.id = asked and entry.recorded_at >= accesslog.moment_of(asked) and entry.recorded_at < accesslog.moment_of(asked) + interval '1 millisecond'
          and gate.reads_or_saves(entry.action) and entry.decision = 'permitted'
    ), gone as (
        select later as other from shown join accesslog.entry as later on later.introduction_id = (shown.one).introduction_id
        where later.recorded_at >= (shown.one).recorded_at and later.action = @'handed_over' and later.subject_id = (shown.one).id
          and later.decision = 'permitted'
        order by later.recorded_at limit 1
    ), both_of as (
        select 1 as place, one from shown where exists (select from gone)
        union all select 2, other from gone
    )
    select one, account.display_name, company.name, company.name_latin, agreement.number,
           proof.leaf, proof.before, proof.edges, proof.leaves, proof.note, proof.key, proof.cosignatures, proof.witnesses
    from both_of
    left join lateral gate.proof_of((one).id) as proof on true
    left join portal.account on account.id = (one).actor_id
    left join portal.company on company.id = (one).company_id
    left join portal.agreement on agreement.id = (one).agreement_id
    order by place
$$;

-- The same for whoever received the file, an administrator of the same company, and compliance. Recorded.
-- for: portal_web
create function gate.receipt(asked uuid)
returns table (entry accesslog.entry, account_name text, company_name text, company_name_latin text, agreement_number text,
               leaf bigint, before bigint, edges bytea[], leaves bytea[], note text, key text, cosignatures text[], witnesses text[])
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
    viewer gate.viewer_row := gate.viewer();
    received accesslog.entry;
    refusal text;
begin
    select (found.entry).* into received from gate.receipt_proof(asked) as found limit 1;
    refusal := case
        when viewer.session_id is null then @'no_live_session'
        when viewer.role not in ('recruiter', 'employer_admin', 'compliance') then @'not_for_this_role'
        when viewer.role = 'compliance' and received.id is not null then null
        when received.company_id = viewer.company_id and (viewer.role = 'employer_admin' or received.actor_id = viewer.account_id) then null
        else @'no_such_record'
    end;
    perform gate.record(@'receipt_read', viewer, refusal, subject => asked);
    if refusal is null then
        return query select * from gate.receipt_proof(asked);
    end if;
end
$$;
