-- Back to the codes of before. A grade goes back into the text, which is where it stood.
update personal.candidate_items set residence_status = (residence_status - 'grade') || jsonb_build_object(
    'detail', case when residence_status ->> 'grade' is null then residence_status ->> 'detail'
        else concat(
            case residence_status ->> 'code' when 'highly_skilled_professional' then '高度専門職'
                when 'specified_skilled_worker' then '特定技能' when 'technical_intern_training' then '技能実習'
                when 'intra_company_transferee' then '企業内転勤' end,
            left(residence_status ->> 'grade', 1), '号', translate(substr(residence_status ->> 'grade', 2), 'abc', 'イロハ'),
            '（' || nullif(residence_status ->> 'detail', '') || '）') end,
    'work', case
        when residence_status ->> 'work' in ('employer_bound', 'employer_and_field_bound', 'trainer_bound', 'not_known') then 'within_scope'
        when residence_status ->> 'work' = 'after_change' then 'none'
        else residence_status ->> 'work' end)
where residence_status is not null;
