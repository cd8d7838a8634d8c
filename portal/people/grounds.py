"""Why staff look at what is personal: a closed list, which `gate.grounds` has as well. Each look's entry has one."""

from portal.language.i18n import N_

GROUNDS = {
    "person_called": N_("The person calls, and I need to know who it is"),
    "person_wrote": N_("The person wrote on paper, and I record it"),
    "person_asked": N_("The person asks what we hold, or to correct it"),
    "complaint": N_("A complaint or an incident is looked into"),
    "legal_duty": N_("A law or an authority requires it"),
}
"""By code: how a page says it."""

CHANNELS = {"telephone": N_("By telephone"), "paper": N_("On paper")}
"""How a person said something that staff record."""
