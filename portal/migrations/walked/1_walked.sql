-- A walk through a company's introductions reads this index alone; each look into the table cost it a block of its own.
drop index personal.introduction_of_company;
create index introduction_of_company on personal.introduction (company_id, introduced_at desc, id desc)
    include (candidate_id, opening_id, code, stage, decided_at, last_activity_at);
