"""A page that is one form: what it is for, its fields, and the button. It needs no template of its own.

NEW = FormPage(title=N_("New position"), button=N_("Create the position"), behind=N_("Positions"))

return await NEW.show(request, blank(NewOpening))  # and NEW.show(request, form) for one that comes back
"""

from dataclasses import dataclass
from typing import Any

from litestar import Response

from portal.web.forms import Form
from portal.web.rendering import page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What is said on the page, to be translated. `behind` names the page that Back leads to. A `template` of its own
    extends layouts/form.html, and says in the block `before` what stands above the form. `tone` is that of the button:
    primary or danger."""

    title: str
    button: str
    behind: str
    lead: str = ""
    template: str = "layouts/form.html"
    tone: str = "primary"

    async def show(
        self, request: PortalRequest, form: Form[Any], *, other: tuple[str, str] | None = None, **values: Any
    ) -> Response[str]:
        """The page; its form is sent to the address that it is shown at. 422 when something is wrong.

        `other` is the address and name of what is there already; `values` are those of its own template. Who may not
        open the page is turned away here, when no unit of work has done so.
        """
        if not visit(request).arrived:
            async with work(request):
                pass
        status = 422 if form.errors else 200
        return page(request, self.template, status=status, said=self, form=form, other=other, **values)
