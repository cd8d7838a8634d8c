"""The demo's group: its published list, and an agreement for it that one member has joined.

Promise: done once, for the folder's own companies, by rows that the database judges as it judges any other.
"""

import asyncpg

from portal.accesslog.actions import Action
from portal.demo.template import RECORD

RESPONSIBLE, MEMBER = "SEIRAN", "SEIRANFOODS"
LIST = """\
青嵐グループの個人データの共同利用について（見本）
共同して利用する項目：採用選考に必要な項目のうち、本人が各社への提供に同意した項目
共同して利用する者の範囲：株式会社青嵐ホテルズ、株式会社青嵐フードサービス
利用目的：採用の可否の判断、および雇用または不採用に関する連絡
管理について責任を有する者：株式会社青嵐ホテルズ　京都府京都市下京区青嵐通り東入ル12　代表取締役 朝霧 透
"""
PUBLISH = """
with named as (
    update portal.company_group set name_latin = 'Seiran Group', responsible_company_id = company.id
    from portal.group_member as member join portal.company on company.id = member.company_id
    where company.reference = $1 and company_group.id = member.group_id returning company_group.id
)
insert into portal.group_list (group_id, version, address, published_on, text)
select id, 1, 'https://seiran-group.example.jp/joint-use', current_date - 60, $2 from named returning group_id
"""
# Members are listed as they were at the signature, so the demo's have been in the group for longer than that.
EARLIER = "update portal.group_member set since = now() - interval '300 days' where group_id = $1 and until is null"
SIGN = """
insert into portal.agreement (
    reference, company_id, number, version, items, purposes, contact_days, grace_days, inactive_days, daily_downloads,
    fair_screening, text, effective_at, expires_at, template_version, group_id, territory,
    company_name, company_name_latin, company_address, company_representative, company_corporate_number,
    company_country, operator_name, operator_address, operator_representative,
    signatory_name, signatory_title, signatory_email, signatory_authority,
    sent_at, company_signed_at, operator_signed_at)
select former.reference || '-GROUP', former.company_id, former.number, former.version + 1, former.items,
       former.purposes, former.contact_days, 0, former.inactive_days, former.daily_downloads,
       former.fair_screening,
       '', now() - interval '5 days', now() + interval '700 days', $2, $3, '{JP}', former.company_name,
       former.company_name_latin, former.company_address, former.company_representative,
       former.company_corporate_number, former.company_country,
       former.operator_name, former.operator_address, former.operator_representative,
       former.signatory_name, former.signatory_title, former.signatory_email, former.signatory_authority,
       now() - interval '8 days', now() - interval '6 days', now() - interval '5 days'
from portal.agreement as former join portal.company on company.id = former.company_id
where company.reference = $1 and former.lacks is null and former.operator_signed_at is not null
order by former.effective_at desc limit 1 returning id
"""
REPLACE = """
update portal.agreement set superseded_at = now() - interval '5 days'
from portal.agreement as newer
where newer.id = $1 and agreement.company_id = newer.company_id and agreement.id <> newer.id
  and agreement.superseded_at is null
"""
JOIN = """
insert into portal.agreement (
    reference, company_id, number, version, items, purposes, contact_days, grace_days, inactive_days, daily_downloads,
    fair_screening, text, effective_at, expires_at, joined_agreement_id, territory,
    company_name, company_name_latin, company_address, company_representative, company_corporate_number,
    company_country, operator_name, operator_address, operator_representative,
    signatory_name, signatory_title, signatory_authority, evidence, company_signed_at, operator_signed_at)
select parent.reference || '-JOINED', company.id, parent.number || '-2', parent.version, parent.items, parent.purposes,
       parent.contact_days, parent.grace_days, parent.inactive_days, parent.daily_downloads, parent.fair_screening,
       parent.text, parent.effective_at, parent.expires_at, parent.id, parent.territory, company.name,
       company.name_latin, company.address, company.representative, company.corporate_number, company.country,
       parent.operator_name, parent.operator_address, parent.operator_representative,
       split_part(company.representative, ' ', 2), split_part(company.representative, ' ', 1), '登記簿', '見本',
       now() - interval '4 days', now() - interval '3 days'
from portal.agreement as parent cross join portal.company
where parent.id = $1 and company.reference = $2 returning id
"""
ACTIVATE = """
select gate.set_company_status(id, 'active', 'グループの契約に加わったため') from portal.company
where reference = $1 and status = 'pending'
"""
UNDERTAKE = """
insert into portal.undertaking (agreement_id, account_id, accepted_at, capacity)
select agreement.id, account.id, agreement.operator_signed_at + interval '1 hour', account.capacity
from portal.agreement join portal.account on account.company_id = agreement.company_id
where agreement.id = any ($1)
"""


async def write_group(connection: asyncpg.Connection, version: int) -> None:
    """Publish the group's list and sign its agreement from this version of the template, as portal_owner."""
    group = await connection.fetchval(PUBLISH, RESPONSIBLE, LIST)
    if group is None:
        return
    await connection.execute(EARLIER, group)
    signed = await connection.fetchval(SIGN, RESPONSIBLE, version, group)
    await connection.execute(REPLACE, signed)
    joined = await connection.fetchval(JOIN, signed, MEMBER)
    await connection.execute(ACTIVATE, MEMBER)
    await connection.execute(UNDERTAKE, [signed, joined])
    await connection.execute(RECORD, Action.GROUP_LIST_PUBLISHED.code, group, None)
    await connection.execute(RECORD, Action.GROUP_AGREEMENT_JOINED.code, joined, None)
