"""Why staff look at what is personal: a closed list, which `gate.grounds` has as well. Each view's entry has one."""

GROUNDS = ("person_called", "person_wrote", "person_asked", "complaint", "legal_duty")
"""The codes; their words are in `templates/components/words.html`."""

CHANNELS = ("telephone", "paper")
"""How a person said something that staff record."""
