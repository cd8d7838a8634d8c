"""The data subjects and their items. The web process has no right on any of these tables."""

from piccolo.columns import JSONB, UUID, Bytea, Date, SmallInt, Text, Timestamptz
from piccolo.table import Table


class Candidate(Table, tablename="candidate", schema="personal"):
    """A data subject."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    regime = Text(null=True, default=None)
    account_manager_id = UUID(null=True, default=None)
    restricted_at = Timestamptz(null=True, default=None)
    objected_at = Timestamptz(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)
    source_digest = Bytea(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)


class CandidateItems(Table, tablename="candidate_items", schema="personal"):
    """One column per item of the source policy (S1)."""

    candidate_id = UUID(primary_key=True, default=None)
    name = JSONB(null=True, default=None)
    email = Text(null=True, default=None)
    photo = UUID(null=True, default=None)
    nationality = Text(null=True, default=None)
    address = JSONB(null=True, default=None)
    date_of_birth = Date(null=True, default=None)
    age = SmallInt(null=True, default=None)
    gender = Text(null=True, default=None)
    telephone = Text(null=True, default=None)
    background = JSONB(null=True, default=None)
    qualifications = JSONB(null=True, default=None)
    residence_status = JSONB(null=True, default=None)
    japanese_level = JSONB(null=True, default=None)
    japanese_rank = SmallInt(null=True, default=None)
    work_permission = Text(null=True, default=None)


class NameToken(Table, tablename="name_token", schema="personal"):
    """Pieces of a name that a search may begin with; kept by a trigger."""

    candidate_id = UUID(default=None)
    token = Text(default=None)
