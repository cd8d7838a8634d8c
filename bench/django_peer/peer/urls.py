"""The two pages, and what says that the server is up."""

from django.http import HttpResponse
from django.urls import path

from peer import views

urlpatterns = [
    path("candidates", views.candidates, name="candidates"),
    path("candidates/<uuid:introduction>", views.candidate, name="candidate"),
    path("readyz", lambda request: HttpResponse("ready")),
]
