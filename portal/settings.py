"""All settings of an installation; every variable it reads is named in .env.example."""

import json
import re
import secrets
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.smart_cast = False
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def flag(name):
    """Read a yes-or-no variable; anything but the listed words is refused."""
    value = env.str(name, default="0")
    if value not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")
    return value in {"1", "true"}


def number(name, default):
    """Read a whole number; anything else is refused."""
    value = env.str(name, default=str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.")
    return int(value)


# --- Kind of installation -------------------------------------------------------------------------------------------

DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
TESTING = False
PORT = number("PORT", 8000)
VAR_DIR = BASE_DIR / env.str("VAR_DIR", default="var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

BASE_URL = env.str("BASE_URL", default=f"http://localhost:{PORT}" if DEMO or DEBUG else "").rstrip("/")
_base = urlsplit(BASE_URL)
if _base.scheme not in {"http", "https"} or not _base.hostname or _base.path or _base.query:
    raise ImproperlyConfigured("BASE_URL must be the public address of the portal, such as https://badges.example.org")
LOOPBACK = _base.hostname == "localhost"
if DEMO and not LOOPBACK:
    raise ImproperlyConfigured("DEMO=1 has known passwords and is refused unless BASE_URL is http://localhost:PORT")
if not LOOPBACK and _base.scheme != "https":
    raise ImproperlyConfigured("BASE_URL must begin with https:// outside localhost")


# --- Secrets --------------------------------------------------------------------------------------------------------


def secret(name):
    """Read a secret from the environment; a demo or a developer's shell makes its own and keeps it under var/."""
    value = env.str(name, default="")
    if not value and (DEMO or DEBUG):
        store = VAR_DIR / "secrets.json"
        known = json.loads(store.read_text()) if store.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(48)
            store.touch(mode=0o600)
            store.write_text(json.dumps(known))
        value = known[name]
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} must be set to a random text of at least 32 characters")
    if not DEMO and (len(set(value)) < 16 or " " in value):
        raise ImproperlyConfigured(f"{name} is a sample, or was made up: draw a random one as .env.example says")
    return value


SECRET_KEY = secret("SECRET_KEY")
KEY_ENCRYPTION_KEY = secret("KEY_ENCRYPTION_KEY")
KEY_ENCRYPTION_KEY_PREVIOUS = env.str("KEY_ENCRYPTION_KEY_PREVIOUS", default="")

# --- Apps -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cms",
    "reports",
    "quality_label",
    "pathways",
    "badges",
    "organisers",
    "portal.accounts",
    "portal.notifications",
    "portal.files",
    "portal.ui",
    "portal.access",
    "portal.audit",
    "portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_countries",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.access.middleware.HeadMiddleware",
    "portal.access.middleware.HeadersMiddleware",
    "portal.pages.KeptPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.files.ranges.RangesMiddleware",
    "portal.pages.CompressTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.accounts.middleware.ConsentMiddleware",
    "portal.access.middleware.EditorMiddleware",
    "portal.access.middleware.AccessMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]  # the base address is set below

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.accounts.context.page",
                "portal.notifications.context.inbox",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache, work ------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'waymark.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds: a new connection reads the whole schema before its first answer

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        name: {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": name}
        for name in ("default", "pages")
    }
else:
    CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / folder,
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
        for name, folder in {"default": "cache", "pages": "pages"}.items()
    }

CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "badges:backpack"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "portal.accounts.forms.AddEmailForm",
    "login": "portal.accounts.forms.LoginForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "signup": "portal.accounts.forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 6
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Waymark"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK
USERSESSIONS_TRACK_ACTIVITY = False  # looking at a page writes nothing

OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="privacy@example.org" if LOOPBACK else f"privacy@{_base.hostname}")

CONSENT_AGES = {}
for _pair in env.list("CONSENT_AGES", default=[]):
    if not re.fullmatch(r"[A-Z]{2}:1[0-8]", _pair):
        raise ImproperlyConfigured(f"CONSENT_AGES={_pair!r}: write country:age, such as NO:15, with commas between.")
    CONSENT_AGES[_pair[:2]] = int(_pair[3:])

# --- Languages and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Languages whose catalogue is complete: the interface and the page trees exist in these.
LANGUAGES = [("en", "English"), ("lt", "Lietuvių"), ("pl", "Polski"), ("ro", "Română")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Languages in which organisers may write the texts of badges and of themselves.
TEXT_LANGUAGES = [
    ("en", "English"),
    ("lt", "Lietuvių"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("it", "Italiano"),
    ("es", "Español"),
    ("nl", "Nederlands"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("ca", "Català"),
]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["portal.formats"]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Vilnius")
HOLIDAYS = env.str("HOLIDAYS", default="").upper()
if HOLIDAYS and HOLIDAYS not in import_module("holidays").list_supported_countries():
    raise ImproperlyConfigured(f"HOLIDAYS={HOLIDAYS!r}: write the two letters of a country, such as BE, or nothing.")
COUNTRIES_FIRST = ["LT", "PL", "RO", "IT", "ES", "NL", "SI", "RS"]

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
JOINED_ROOT = VAR_DIR / "joined"
JOINED_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [] if DEBUG else [JOINED_ROOT]
WHITENOISE_USE_FINDERS = DEMO or DEBUG
WHITENOISE_MAX_AGE = 3600 if DEMO else 31536000
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO or DEBUG
        else "portal.ui.storage.HashedStaticFilesStorage"
    },
}
UPLOAD_LIMIT = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["portal.files.uploads.CappedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5  # anybody may send a form; each file may fill UPLOAD_LIMIT of the disk meanwhile
FORMS_URLFIELD_ASSUME_HTTPS = True  # the default from Django 6 on

# --- Mail -----------------------------------------------------------------------------------------------------------

if DEMO and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "portal.notifications.devmail.EmailBackend"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10
SENDER_MAILS_A_MINUTE = 600  # for each organiser, so that a long list does not keep all others waiting
DEV_MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str(
    "FROM_EMAIL", default=f"Waymark <no-reply@{'example.org' if LOOPBACK else _base.hostname}>"
)

SECURITY_CONTACT = env.str(
    "SECURITY_CONTACT", default="security@example.org" if LOOPBACK else f"security@{_base.hostname}"
)

# --- Badges ---------------------------------------------------------------------------------------------------------

TOKEN_ALGORITHM = env.str("TOKEN_ALGORITHM", default="EdDSA")
if TOKEN_ALGORITHM not in {"EdDSA", "RS256"}:
    raise ImproperlyConfigured(f"TOKEN_ALGORITHM={TOKEN_ALGORITHM!r}: write EdDSA or RS256.")

# --- Web security ---------------------------------------------------------------------------------------------------

ALLOWED_HOSTS = [_base.hostname, "127.0.0.1"] if LOOPBACK else [_base.hostname]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "portal.access.views.csrf_failure"
_https = _base.scheme == "https"
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = _https
_behind_proxy = flag("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(_behind_proxy)  # or everybody shares the proxy's limits for signing in
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# Wagtail's admin carries inline scripts and styles; nothing foreign is allowed there either.
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}

# --- Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Waymark"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.files.forms.EditorDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 16_000_000
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS = []  # our pages embed nothing, and portal.fetching alone asks foreign sites
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"  # asking about near ones would show the newest draft's title
WAGTAIL_AUTOSAVE_INTERVAL = 0  # it saves a new page a second time while its author presses Publish
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation begins as a draft
NETWORK_NAME = env.str("NETWORK_NAME", default="") or (_("the learning network of six cities") if DEMO else "")

# --- Maps -----------------------------------------------------------------------------------------------------------

MAP_TILES = env.str("MAP_TILES", default="")
MAP_CREDIT = env.str("MAP_CREDIT", default="")
MAP_CREDIT_URL = env.str("MAP_CREDIT_URL", default="")
if MAP_TILES:
    _place = re.fullmatch(r"(https://[a-z0-9.-]+(?::[1-9]\d{0,4})?)/[^\s;,'\"]+", MAP_TILES)
    if not _place or not all(part in MAP_TILES for part in ("{z}", "{x}", "{y}")):
        raise ImproperlyConfigured(f"MAP_TILES={MAP_TILES!r}: write https://tiles.example.org/{{z}}/{{x}}/{{y}}.png")
    if not MAP_CREDIT:
        raise ImproperlyConfigured("MAP_CREDIT must name whom the tiles of MAP_TILES come from")
    CMS_CONTENT_SECURITY_POLICY["img-src"].append(_place[1])
if MAP_CREDIT_URL and not MAP_CREDIT_URL.startswith("https://"):
    raise ImproperlyConfigured(f"MAP_CREDIT_URL={MAP_CREDIT_URL!r}: write an address that begins with https://")

# --- Foreign addresses ---------------------------------------------------------------------------------------------

PLAIN_HTTP_LINKS = flag("PLAIN_HTTP_LINKS")
SAFE_FETCH_ALLOW = frozenset(env.list("SAFE_FETCH_ALLOW", default=[]))
if SAFE_FETCH_ALLOW and not DEMO:
    raise ImproperlyConfigured("SAFE_FETCH_ALLOW is for tests alone and is refused unless DEMO=1")
for _place in SAFE_FETCH_ALLOW:
    if not re.fullmatch(r"[a-z][a-z0-9.-]*:[1-9]\d{0,4}", _place):
        raise ImproperlyConfigured(f"SAFE_FETCH_ALLOW={_place!r}: write name:port, such as localhost:8901.")

# --- Logs -----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"portal": {"level": "INFO"}},
}
