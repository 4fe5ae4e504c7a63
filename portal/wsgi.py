"""The portal as a WSGI application: the page cache in front, Django behind it."""

import gc
import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.embedded")
# What is first imported while the disk is full would stay behind compiled in part, and fail ever after (Python 3.11).
sys.dont_write_bytecode = True
# What is loaded now stays as long as the process. The garbage collector would look it through again and again: while it
# is loaded, which takes a third longer, and later in the middle of requests.
gc.disable()
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)

if not settings.DEBUG:
    # Whoever works on templates wants to see them change.
    from portal.delivery.page_cache import PageCache
    from portal.delivery.published import PublishedFiles, published_root

    root = published_root()
    published = PublishedFiles(root, base_url=settings.WAGTAILADMIN_BASE_URL) if root else None
    application = PageCache(application, published=published)  # type: ignore[assignment]

gc.freeze()
gc.enable()
