"""The seal: a Merkle tree over the log's entries, and signed checkpoints of it, which others can keep and compare.

`docs/log-format.md` fixes the bytes. What changed, was added, taken away or moved after it was sealed no longer agrees
with a checkpoint that somebody kept.
"""
