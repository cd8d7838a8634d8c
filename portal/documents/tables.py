"""Stored files and the keys they are sealed with. The web process has no right on these tables."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Document(Table, tablename="document", schema="personal"):
    """A cleaned, sealed file in the object store."""

    id = UUID(primary_key=True, default=None)
    candidate_id = UUID(default=None)
    kind = Text(default=None)
    title = Text(default=None)
    media_type = Text(default=None)
    pages = Integer(default=None)
    bytes = Integer(default=None)
    object_key = Text(unique=True, default=None)
    content_digest = Bytea(default=None)
    received_digest = Bytea(default=None)
    created_at = Timestamptz(default=None)
    replaced_at = Timestamptz(null=True, default=None)


class DocumentKey(Table, tablename="document_key", schema="personal"):
    """The wrapped data key of one candidate; destroying it is erasure."""

    candidate_id = UUID(primary_key=True, default=None)
    master_key_id = Text(default=None)
    wrapped_key = Bytea(default=None)
    created_at = Timestamptz(default=None)
