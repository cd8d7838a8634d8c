alter table portal.agreement
    drop column group_id, drop column group_terms, drop column joined_agreement_id, drop column group_ends_at, drop column left_at;
alter table portal.company add column group_id uuid references portal.company_group;
update portal.company set group_id = member.group_id from portal.group_member as member where member.company_id = company.id and member.until is null;
drop table portal.group_member;
drop table portal.group_list;
alter table portal.company_group drop column name_latin, drop column responsible_company_id;
