"""`manage.py open_sessions COMPANY...`: signs in recruiters of these companies, prints their sessions' keys."""

import json
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand

from peer.models import Company, User


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("companies", nargs="+")
        parser.add_argument("--number", type=int, default=16)

    def handle(self, *args, companies, number, **options):
        self.stdout.write(json.dumps({one: [signed_in(one, n) for n in range(number)] for one in companies}))


def signed_in(company, number):
    user, made = User.objects.get_or_create(
        username=f"recruiter-{number}@{company}.example",
        defaults={"company": Company.objects.get(pk=company), "first_name": "Recruiter", "last_name": str(number)},
    )
    if made:
        user.set_unusable_password()
        user.save()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
