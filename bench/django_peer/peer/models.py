"""Companies, people, and who looked at whom."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Company(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    active = models.BooleanField(default=True)


class User(AbstractUser):
    company = models.ForeignKey(Company, null=True, on_delete=models.PROTECT)


class Agreement(models.Model):
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=50)
    effective_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Opening(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)

    def __str__(self):
        return self.title


class Candidate(models.Model):
    class Work(models.TextChoices):
        UNRESTRICTED = "unrestricted", "制限なし"
        WITHIN_SCOPE = "within_scope", "在留資格の範囲内"
        DESIGNATED = "designated", "指定された活動のみ"
        WITH_PERMISSION = "with_permission", "資格外活動許可の範囲内"

    class Gender(models.TextChoices):
        FEMALE = "female", "女性"
        MALE = "male", "男性"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    kana = models.CharField(max_length=200)
    latin = models.CharField(max_length=200)
    email = models.EmailField()
    telephone = models.CharField(max_length=30)
    nationality = models.CharField(max_length=2)
    date_of_birth = models.DateField()
    gender = models.CharField(max_length=10, choices=Gender)
    background = models.JSONField()
    qualifications = models.JSONField()
    residence_status = models.CharField(max_length=100)
    residence_expires = models.DateField(null=True)
    work = models.CharField(max_length=20, choices=Work)
    japanese_test = models.CharField(max_length=20)
    japanese_level = models.CharField(max_length=20, null=True)
    japanese_rank = models.SmallIntegerField()
    restricted = models.BooleanField(default=False)


class Document(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    pages = models.IntegerField()
    size = models.IntegerField()


class Consent(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE)
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class IntroductionQuerySet(models.QuerySet):
    def open_to(self, user):
        """Introductions to the user's company whose consent is live."""
        now = timezone.now()
        return self.filter(
            Q(consent__expires_at=None) | Q(consent__expires_at__gt=now),
            company=user.company_id,
            consent__company=user.company_id,  # without it PostgreSQL goes through the consents of everybody
            consent__withdrawn_at=None,
            candidate__restricted=False,
        )


class Introduction(models.Model):
    class Stage(models.TextChoices):
        INTRODUCED = "introduced", "紹介済み"
        SCREENING = "screening", "書類選考"
        INTERVIEW = "interview", "面接"
        OFFER = "offer", "内定"
        DECIDED = "decided", "決定済み"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=20, unique=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE)
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    stage = models.CharField(max_length=20, choices=Stage)
    introduced_at = models.DateTimeField()

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["company", "-introduced_at", "-id"])]


class Outcome(models.Model):
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="outcomes")
    result = models.CharField(max_length=20)
    reason = models.CharField(max_length=50)
    recorded_at = models.DateTimeField()


class Access(models.Model):
    """One look at one introduction by one user."""

    recorded_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT)
    action = models.CharField(max_length=20)
    ip = models.GenericIPAddressField()
    agent = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["company", "-recorded_at"])]
