"""What an agreement can lack before it is in force: a closed list, reckoned by `gate.agreement_lacks`.

Each is told to whoever brings the agreement, beside the field in which it is put right.
"""

from portal.language.i18n import N_

LACKS = {
    "company_particulars_missing": (
        "company_address",
        N_("the company's name, address, representative, country and, in Japan, corporate number, as they were then"),
    ),
    "operator_particulars_missing": (
        "operator_address",
        N_("the operator's name, address and representative as they were then: the recipient has to confirm them"),
    ),
    "signatory_missing": ("signatory", N_("who signed for the company, by name and title")),
    "authority_missing": ("signatory_authority", N_("what gives the signatory the authority to sign for the company")),
    "evidence_missing": ("evidence", N_("where the signed paper is kept")),
    "days_not_in_text": ("says_days", N_("words of the text that name the same number of days for contact")),
    "grace_not_in_text": (
        "says_grace",
        N_("words of the text that grant this many days of grace; without them grace_days is 0"),
    ),
    "inactivity_not_in_text": (
        "says_inactive",
        N_("words of the text that name the same number of days without activity; without them inactive_days is empty"),
    ),
    "downloads_not_in_text": (
        "says_downloads",
        N_("words of the text that name the same number of files a day; without them daily_downloads is empty"),
    ),
    "screening_not_in_text": ("template_version", N_("a template whose text says that fair screening was chosen")),
    "template_not_approved": ("template_version", N_("a template that compliance approved")),
    "choices_not_approved": ("template_version", N_("compliance's approval of choices outside the template's bounds")),
    "group_not_in_text": ("template_version", N_("a template whose text lists the companies of the group")),
    "group_list_missing": (
        "template_version",
        N_("a published list of the group that names each of its companies, the one that signs among them"),
    ),
    "group_agreement_not_signed": ("template_version", N_("a group agreement that lacks nothing and both have signed")),
    "not_in_group_list": ("template_version", N_("a group agreement that lists the company as it was signed")),
    "differs_from_group_agreement": ("template_version", N_("the same terms as the group agreement that is joined")),
    "items_not_in_text": ("says_items", N_("words of the text that name every item the agreement covers")),
}
"""By code: the column of a file, and what would be right."""
