"""Django's defaults for production, with a database of the bench's."""

import os

SECRET_KEY = os.environ["PEER_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "peer"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["PEER_DATABASE_HOST"],
        "NAME": os.environ["PEER_DATABASE_NAME"],
        "USER": os.environ["PEER_DATABASE_USER"],
        "PASSWORD": os.environ["PEER_DATABASE_PASSWORD"],
        "CONN_MAX_AGE": None,  # each thread keeps its connection
    },
}
ROOT_URLCONF = "peer.urls"
WSGI_APPLICATION = "peer.wsgi.application"
AUTH_USER_MODEL = "peer.User"
LOGIN_URL = "/sign-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
LANGUAGE_CODE = "ja"
USE_I18N = False  # one language, which spares it the translating that ours does
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
