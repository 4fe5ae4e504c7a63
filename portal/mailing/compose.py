"""Writing mails from templates: text and HTML, in the association's frame."""

import re
from collections.abc import Callable, Sequence
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.utils import translation

from portal.mailing import texts
from portal.mailing.message_id import new_message_id

Frame = Callable[[], dict[str, Any]]


EMPTY_FRAME: dict[str, Any] = {"sender_name": "", "association_name": "", "imprint_lines": [], "reply_to": ""}

_provider: Frame | None = None


def register_frame(provider: Frame) -> None:
    """Let ``provider()`` say whose mails these are; the last registration counts.

    It returns ``sender_name`` (shown as sender), ``association_name`` (full name), ``imprint_lines`` (list of texts
    below every mail) and ``reply_to`` (address or empty).
    """
    global _provider
    _provider = provider


def current_frame() -> dict[str, Any]:
    """Return the registered frame, an empty one before anything is registered."""
    return {**EMPTY_FRAME, **(_provider() if _provider else {})}


def build_mail(
    template: str, context: dict[str, Any], *, to: str | Sequence[str], reply_to: str = "", language: str = "de"
) -> EmailMultiAlternatives:
    """Return a mail made from the edited text of the kind ``template`` (``portal.mailing.texts``).

    Kinds without one come from ``templates/email/<template>/{subject.txt,body.txt,body.html}``.

    The bodies extend ``email/base.txt`` and ``email/base.html``; besides ``context`` they know ``frame``, ``subject``
    and ``base_url`` (the portal's address without a slash at the end).
    """
    frame = current_frame()
    values = {**context, "frame": frame, "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")}
    with translation.override(language):
        edited = texts.text_kind(template)
        if edited is not None:
            subject, text, html = _write(edited, texts.words_of(template, language), edited.values(context), values)
        else:
            values["subject"] = subject = one_line(_render(template, "subject.txt", values))
            text = tidy_text(_render(template, "body.txt", values))
            html = _render(template, "body.html", values)
    answer_to = reply_to or frame["reply_to"]
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=formataddr((frame["sender_name"], settings.DEFAULT_FROM_EMAIL)),
        to=[to] if isinstance(to, str) else list(to),
        reply_to=[answer_to] if answer_to else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
            "Message-ID": new_message_id(),
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def sample_mail(kind: texts.TextKind, words: texts.Words, *, to: str, language: str) -> EmailMultiAlternatives:
    """Return the mail with sample data, for previews and for a test mail to oneself."""
    frame = current_frame()
    values = {"frame": frame, "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")}
    with translation.override(language):
        subject, text, html = _write(kind, words, kind.sample_values, values)
    sender = formataddr((frame["sender_name"], settings.DEFAULT_FROM_EMAIL))
    mail = EmailMultiAlternatives(subject=subject, body=text, from_email=sender, to=[to])
    mail.attach_alternative(html, "text/html")
    return mail


def _write(
    kind: texts.TextKind, words: texts.Words, filling: texts.Values, values: dict[str, Any]
) -> tuple[str, str, str]:
    """Return subject, text and HTML of an edited text in the association's frame."""
    subject = one_line(texts.fill(words.subject, filling))
    known = {**values, "subject": subject}
    text = tidy_text(_render("editable", "body.txt", {**known, "body": texts.as_text(kind, words, filling)}))
    html = _render("editable", "body.html", {**known, "body": texts.as_html(kind, words, filling)})
    return subject, text, html


def one_line(text: str) -> str:
    """Return the text with every run of white space, line ends among them, as one space."""
    return " ".join(text.split())


def tidy_text(text: str) -> str:
    """Return a mail's text without spaces at line ends and with at most one empty line in a row."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _render(template: str, part: str, values: dict[str, Any]) -> str:
    """Render one part; in plain text nothing is escaped, whoever wrote the template."""
    found = Engine.get_default().get_template(f"email/{template}/{part}")
    return found.render(Context(values, autoescape=part.endswith(".html")))
