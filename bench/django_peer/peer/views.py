"""The list and the candidate's page. Who was shown is recorded in the transaction that read it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from peer.forms import SearchForm
from peer.models import Access, Introduction

PAGE = 25


@login_required
def candidates(request):
    form = SearchForm(request.GET, request.user.company_id)
    with transaction.atomic():
        agreement_in_force(request.user)
        found = Introduction.objects.open_to(request.user).select_related("candidate", "opening")
        if form.is_valid():
            found = form.narrowed(found)
        page = Paginator(found.order_by("-introduced_at", "-id"), PAGE).get_page(request.GET.get("page"))
        record(request, page.object_list, "listed")
    return render(request, "list.html", {"form": form, "page": page, "company": request.user.company})


@login_required
def candidate(request, introduction):
    with transaction.atomic():
        agreement = agreement_in_force(request.user)
        visible = Introduction.objects.open_to(request.user).select_related("candidate", "opening", "consent")
        found = get_object_or_404(visible, pk=introduction)
        documents = list(found.candidate.documents.all())
        outcomes = list(found.outcomes.order_by("recorded_at"))
        record(request, [found], "shown")
    shown = {"introduction": found, "candidate": found.candidate, "documents": documents, "outcomes": outcomes}
    return render(request, "candidate.html", {**shown, "agreement": agreement, "company": request.user.company})


def agreement_in_force(user):
    now = timezone.now()
    found = user.company.agreements.filter(effective_at__lte=now, expires_at__gt=now).first()
    if found is None or not user.company.active:
        raise Http404
    return found


def record(request, introductions, action):
    Access.objects.bulk_create(
        Access(
            user=request.user,
            company_id=request.user.company_id,
            introduction=one,
            action=action,
            ip=request.META["REMOTE_ADDR"],
            agent=request.headers.get("User-Agent", "")[:300],
        )
        for one in introductions
    )
