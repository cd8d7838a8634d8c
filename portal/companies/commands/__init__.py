"""`portal company` and `portal group`: what is done to companies and their groups by a program of the operator."""

from portal.companies.commands.company import company
from portal.companies.commands.groups import group

__all__ = ["company", "group"]
