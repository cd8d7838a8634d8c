"""What the peer's tables hold, out of the same world: for each table a query that names its columns."""

ROWS = {
    "peer_company": "select id, name, status = 'active' as active from portal.company",
    "peer_agreement": """
        select row_number() over () as id, company_id, number, effective_at,
               coalesce(expires_at, now() + interval '3000 days') as expires_at
        from portal.agreement
    """,
    "peer_opening": "select id, company_id, title, coalesce(description, '') as description from portal.opening",
    "peer_candidate": """
        select id, name ->> 'display' as name, concat_ws(' ', name ->> 'family_kana', name ->> 'given_kana') as kana,
               name ->> 'latin' as latin, email, telephone, nationality, date_of_birth, gender, background,
               qualifications, residence_status ->> 'code' as residence_status,
               (residence_status ->> 'expires')::date as residence_expires, residence_status ->> 'work' as work,
               japanese_level ->> 'test' as japanese_test,
               japanese_level ->> 'level' as japanese_level, (japanese_level ->> 'rank')::smallint as japanese_rank,
               restricted_at is not null or objected_at is not null as restricted
        from personal.candidate join personal.candidate_items on candidate_id = id
    """,
    "peer_document": """
        select id, candidate_id, title, pages, bytes::integer as size
        from personal.document where kind = 'resume_original'
    """,
    "peer_consent": "select id, candidate_id, company_id, given_at, expires_at, withdrawn_at from personal.consent",
    "peer_introduction": """
        select introduction.id, code, stage, introduced_at, candidate_id, company_id, opening_id,
               consent.id as consent_id
        from personal.introduction join personal.consent using (candidate_id, company_id)
    """,
    "peer_outcome": """
        select row_number() over () as id, introduction_id, result, reason, recorded_at from personal.outcome
    """,
}
