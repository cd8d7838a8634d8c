-- On what an entry stands, for its page: the texts of consent and agreement as they were, and the leaf that seals it. Of a file it has how many the account saved on
-- that day against its limit. It has what was done before and after in the same sign-in. Whoever may not, gets null. Recorded.
-- for: portal_web
create function gate.entry_basis(asked uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    viewer gate.viewer_row := gate.viewer();
    refusal text := gate.refused_unless(viewer, 'compliance');
    one accesslog.entry;
begin
    if refusal is null then
        select entry.* into one from accesslog.entry
        where entry.id = asked and (accesslog.moment_of(asked) is null or entry.recorded_at between accesslog.moment_of(asked) and accesslog.moment_of(asked) + interval '1 millisecond');
        refusal := case when one.id is null then @'no_such_record' end;
    end if;
    perform gate.record(@'basis_read', viewer, refusal, subject => asked);
    if refusal is not null then
        return null;
    end if;
    return jsonb_build_object(
        'consent', gate.consent_as_it_was(one.consent_id), 'agreement', gate.agreement_as_it_was(one.agreement_id),
        'downloads', gate.downloads_of_the_day(one),
        'before', gate.beside_in_session(one, true), 'after', gate.beside_in_session(one, false),
        'leaf', (select jsonb_build_object('number', proof.leaf, 'sealed_at', proof.sealed_at, 'witnesses', coalesce(cardinality(proof.witnesses), 0))
                 from gate.proof_of(one.id) as proof));
end
$$;

create function gate.consent_as_it_was(consent uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'given_at', given.given_at, 'until', given.expires_at, 'withdrawn_at', given.withdrawn_at, 'channel', given.channel,
        'items', gate.item_codes(given.open_items), 'purposes', gate.purpose_codes(given.open_purposes),
        'notice', notice.reference, 'version', notice.version, 'language', notice.language, 'text', notice.text, 'digest', encode(notice.text_digest, 'hex'))
    from personal.consent as given join portal.notice on notice.id = given.notice_id where given.id = consent_as_it_was.consent
$$;

-- Of a company that joined the agreement of its group, that one's text.
create function gate.agreement_as_it_was(agreement uuid) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'number', bound.number, 'version', bound.version, 'company', coalesce(bound.company_name, company.name),
        'signed_at', bound.company_signed_at, 'countersigned_at', bound.operator_signed_at, 'effective_at', bound.effective_at,
        'until', bound.expires_at, 'terminated_at', bound.terminated_at, 'items', gate.item_codes(bound.items), 'purposes', gate.purpose_codes(bound.purposes),
        'limit', bound.daily_downloads, 'text', signed.text, 'digest', encode(signed.text_digest, 'hex'))
    from portal.agreement as bound
    join portal.agreement as signed on signed.id = coalesce(bound.joined_agreement_id, bound.id)
    join portal.company on company.id = bound.company_id
    where bound.id = agreement_as_it_was.agreement
$$;

-- What the account had saved by then and on the whole day in Japan, and how many it might save: what held then, once more for each reason or approval.
create function gate.downloads_of_the_day(one accesslog.entry) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object(
        'day', span.day,
        'until_then', (select count(*) from personal.download as taken where taken.account_id = one.actor_id and taken.saved and taken.kind <> 'index'
                       and taken.downloaded_at >= span.begins and taken.downloaded_at <= one.recorded_at),
        'on_that_day', (select count(*) from personal.download as taken where taken.account_id = one.actor_id and taken.saved and taken.kind <> 'index'
                        and taken.downloaded_at >= span.begins and taken.downloaded_at < span.ends),
        'limit', gate.daily_downloads(one.agreement_id, one.company_id, one.actor_id, one.recorded_at) * (1 + (
                      select count(*) from personal.download_leave as leave
                      where leave.account_id = one.actor_id and leave.day = span.day and (leave.granted or not leave.needs_approval))))
    from (select day, gate.day_begins(day) as begins, gate.day_begins(day + 1) as ends
          from (select (one.recorded_at at time zone 'Asia/Tokyo')::date as day) as of_entry) as span
    where one.action in (@'handed_over', @'resume_downloaded', @'document_downloaded') and one.actor_id is not null
$$;

-- The entry before or after one in the same sign-in, of another request.
create function gate.beside_in_session(one accesslog.entry, earlier boolean) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
    select jsonb_build_object('id', beside.id, 'action', beside.action, 'at', beside.recorded_at)
    from (
        (select entry.id, entry.action, entry.recorded_at from accesslog.entry
         where earlier and entry.actor_id = one.actor_id and entry.session_id = one.session_id and entry.request_id is distinct from one.request_id
           and entry.recorded_at < one.recorded_at and entry.recorded_at > one.recorded_at - interval '1 day'
         order by entry.recorded_at desc, entry.id desc limit 1)
        union all
        (select entry.id, entry.action, entry.recorded_at from accesslog.entry
         where not earlier and entry.actor_id = one.actor_id and entry.session_id = one.session_id and entry.request_id is distinct from one.request_id
           and entry.recorded_at > one.recorded_at and entry.recorded_at < one.recorded_at + interval '1 day'
         order by entry.recorded_at, entry.id limit 1)
    ) as beside
$$;
