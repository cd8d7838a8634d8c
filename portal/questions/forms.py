"""What is written to the account manager, and what they answer."""

from dataclasses import dataclass

from portal.language.i18n import N_
from portal.web.fields import lines

MOST = 2000


@dataclass(frozen=True)
class QuestionForm:
    """A question of a company's person."""

    body: str = lines(
        N_("Your question"),
        most=MOST,
        hint=N_("Do not write a candidate's name or data: the code is enough. Open the candidate and ask there."),
    )


@dataclass(frozen=True)
class CandidateQuestionForm:
    """A question about an introduction, which names it by its code."""

    body: str = lines(
        N_("Your question"),
        most=MOST,
        hint=N_("The code goes with it. Do not write the candidate's name or data."),
    )


@dataclass(frozen=True)
class AnswerForm:
    """What whoever looks after the company answers."""

    body: str = lines(
        N_("Your answer"),
        most=MOST,
        hint=N_(
            "It cannot be changed. The asker and the company's administrators read it in the portal. Write nothing of "
            "a candidate that the company cannot open."
        ),
    )
