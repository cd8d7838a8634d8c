"""What a verification reads by: tables of which each row is read, columns of the server's kinds, its own functions."""

import re
from collections.abc import Iterable
from typing import Any

# A view, another server's table or a policy could keep rows from whoever verifies; kinds and operators that somebody
# made are asked by other code than the server's. What is named is looked up in the catalog, which every role reads.
TOUCHED = """
with own as (select 'pg_catalog'::regnamespace as names), part as (
    select class.oid, class.relname, class.relkind, true as asked from pg_class as class
    join pg_namespace as schema on schema.oid = class.relnamespace
    where schema.nspname = 'accesslog'
      and class.relname in ('entry', 'entry_subject', 'leaf', 'checkpoint', 'cosignature')
    union all
    select class.oid, class.relname, class.relkind, false from pg_class as class
    where class.oid in (select relid from pg_class as root, pg_partition_tree(root.oid), pg_namespace as schema
                        where schema.oid = root.relnamespace and schema.nspname = 'accesslog'
                          and root.relname in ('entry', 'entry_subject') and parentrelid is not null)
)
select 'the table ' || part.relname as touched from part, own
where part.relkind not in ('r', 'p')
   or exists (select from pg_attribute as kept join pg_type as kind on kind.oid = kept.atttypid
              where kept.attrelid = part.oid and kept.attnum > 0 and kind.typnamespace <> own.names)
   or exists (select from pg_policy as policy where policy.polrelid = part.oid and not policy.polpermissive)
   or part.asked and exists (
        select from pg_roles as reader where reader.rolname in ('portal_owner', 'portal_gate') and not exists (
            select from pg_policy as policy where policy.polrelid = part.oid and policy.polcmd in ('*', 'r')
              and reader.oid = any (policy.polroles) and pg_get_expr(policy.polqual, policy.polrelid) = 'true'))
union all
select 'the function ' || made.proname
from pg_proc as made join pg_language as language on language.oid = made.prolang, own
where made.pronamespace = own.names and made.proname = any ($1)
  and (made.oid >= 16384 or language.lanname <> 'internal')
union all
select 'the operator ' || made.oprname from pg_operator as made, own
where made.oprnamespace = own.names and made.oid >= 16384
order by touched
"""


def functions(questions: Iterable[str]) -> list[str]:
    """The names of all functions that these ask by, and of what else stands before a bracket."""
    return sorted({name for question in questions for name in re.findall(r"(\w+)\(", question)})


async def touched(connection: Any, questions: Iterable[str]) -> list[str]:
    """What of it is not as the portal and the server made it."""
    return [row["touched"] for row in await connection.fetch(TOUCHED, functions(questions))]
