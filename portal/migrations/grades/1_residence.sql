-- A grade that stood in free text becomes its code, where the text says it without doubt; elsewhere none is known. What
-- the text says besides (the field of work) stays in it. The permission to work follows status and grade by the rules of
-- portal/candidates/residence.py as they were when this was written. A test holds both against each other.

update personal.candidate_items set residence_status = found.status || jsonb_build_object(
    'grade', found.grade,
    'detail', found.detail,
    'work', case
        when found.code = 'highly_skilled_professional' and found.grade is null then 'not_known'
        when found.code = 'highly_skilled_professional' and found.grade <> '2' then 'employer_bound'
        when found.code = 'specified_skilled_worker' then 'employer_and_field_bound'
        when found.code = 'technical_intern_training' then 'trainer_bound'
        when found.code in ('temporary_visitor', 'trainee') then 'none'
        when found.status ->> 'work' = 'none' then 'after_change'
        else found.status ->> 'work'
    end)
from (
    select candidate_id, code, status, grade,
           -- "特定技能1号(介護)" leaves "介護", and "高度専門職1号ロ" nothing; what is written in another way stays whole.
           case when grade is null then status ->> 'detail'
                when written ~ ('^' || japanese || '[1-3]号' || case when code = 'highly_skilled_professional' then '[イロハ]?' else '' end || '$') then null
                when written ~ ('^' || japanese || '[1-3]号\([^()]+\)$') then substring(written from '\(([^()]+)\)$')
                else status ->> 'detail' end as detail
    from (
        select candidate_id, status, code, written, japanese,
               case code
                   when 'highly_skilled_professional' then
                       case when said = '2号' then '2' else '1' || translate(substring(said from '^1号([イロハ])$'), 'イロハ', 'abc') end
                   when 'specified_skilled_worker' then substring(said from '^([12])号')
                   when 'technical_intern_training' then substring(said from '^([123])号')
               end as grade
        from (
            select candidate_id, residence_status as status, residence_status ->> 'code' as code,
                   normalize(residence_status ->> 'detail', nfkc) as written,
                   substring(normalize(residence_status ->> 'detail', nfkc) from '[1-3]号[イロハ]?') as said,
                   case residence_status ->> 'code' when 'highly_skilled_professional' then '高度専門職'
                       when 'specified_skilled_worker' then '特定技能' when 'technical_intern_training' then '技能実習' end as japanese
            from personal.candidate_items where residence_status is not null
        ) as stored
    ) as read
) as found
where found.candidate_id = candidate_items.candidate_id;
