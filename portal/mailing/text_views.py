"""Editing the texts of mails: list, form with preview, the shipped text again, a test mail to oneself."""

import smtplib
from typing import Any, cast

from csp.constants import NONE, UNSAFE_INLINE
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.mailing import texts
from portal.mailing.compose import sample_mail
from portal.mailing.models import MailText
from portal.mailing.texts import TextKind, Words

PERMISSION = "mailing.change_mailtext"
# Mails carry their styles in the elements; the preview loads nothing and runs nothing.
PREVIEW_POLICY = {"default-src": [NONE], "style-src": [UNSAFE_INLINE]}


class WordsForm(forms.Form):
    """Subject and body of one kind of mail."""

    subject = forms.CharField(label=gettext_lazy("Betreff"), max_length=150)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("Absätze trennt eine leere Zeile. Gruß, Anschrift und Hinweise ergänzt das Portal."),
    )

    def __init__(self, *args: Any, kind: TextKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    @property
    def words(self) -> Words:
        """What was entered."""
        return Words(self.cleaned_data["subject"].strip(), self.cleaned_data["body"].replace("\r\n", "\n").strip())

    def clean(self) -> dict[str, Any]:
        """Refuse what the placeholders do not allow, at the body."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "subject" not in cleaned or "body" not in cleaned:
            return cleaned
        for field, words in (
            ("subject", Words(cleaned["subject"], "".join(f"{{{name}}}" for name in self.kind.links))),
            ("body", Words("", cleaned["body"])),
        ):
            try:
                texts.check(self.kind, words)
            except (texts.UnknownPlaceholder, texts.MissingPlaceholder, texts.StrayBrace) as refusal:
                self.add_error(field, str(refusal))
        return cleaned


class OfficeView(View):
    """Whatever has to do with the texts is for those who may change them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class TextView(OfficeView):
    """Something about one text in one language."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = texts.text_kind(kwargs["kind"])
        if kind is None or kwargs["language"] not in texts.LANGUAGES:
            raise Http404
        self.kind, self.language = kind, str(kwargs["language"])

    @property
    def address(self) -> str:
        """The text's own page."""
        return reverse("mailing_text", args=[self.kind.name, self.language])

    @property
    def edited(self) -> MailText | None:
        """The row that takes the shipped text's place."""
        return MailText.objects.filter(kind=self.kind.name, language=self.language).first()

    def sample(self, to: str = "") -> EmailMultiAlternatives:
        """The stored text with sample data."""
        words = texts.words_of(self.kind.name, self.language)
        return sample_mail(self.kind, words, to=to, language=self.language)


class TextListView(OfficeView, WagtailAdminTemplateMixin, TemplateView):
    """All texts, with what was changed."""

    template_name = "mailing/admin/texts.html"
    page_title = gettext_lazy("E-Mail-Texte")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = {(text.kind, text.language): text for text in MailText.objects.select_related("updated_by")}
        lines = [
            {"kind": kind, "languages": [(code, label, changed.get((kind.name, code))) for code, label in languages()]}
            for kind in texts.text_kinds()
        ]
        return super().get_context_data(**kwargs) | {"lines": lines}


@method_decorator(never_cache, name="dispatch")
class TextEditView(TextView, WagtailAdminTemplateMixin, TemplateView):
    """The form, what may stand in braces, and the mail as it will look."""

    template_name = "mailing/admin/text.html"
    page_title = gettext_lazy("E-Mail-Text")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("mailing_texts"), "label": str(TextListView.page_title)}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": str(self.kind.label)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the text that holds."""
        words = texts.words_of(self.kind.name, self.language)
        return self._page(WordsForm(kind=self.kind, initial={"subject": words.subject, "body": words.body}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the text, or bring the shipped one back."""
        if "reset" in request.POST:
            MailText.objects.filter(kind=self.kind.name, language=self.language).delete()
            messages.success(request, _("Der mitgelieferte Text gilt wieder."))
            return redirect(self.address)
        form = WordsForm(request.POST, kind=self.kind)
        if not form.is_valid():
            return self._page(form)
        words = form.words
        MailText.objects.update_or_create(
            kind=self.kind.name,
            language=self.language,
            defaults={"subject": words.subject, "body": words.body, "updated_by": cast(Any, request.user)},
        )
        messages.success(request, _("Der Text ist gespeichert. E-Mails, die ab jetzt hinausgehen, haben ihn."))
        return redirect(self.address)

    def _page(self, form: WordsForm) -> HttpResponse:
        words = form.words if form.is_bound and form.is_valid() else texts.words_of(self.kind.name, self.language)
        sample = sample_mail(self.kind, words, to="", language=self.language)
        context = self.get_context_data(
            form=form,
            kind=self.kind,
            language=dict(languages())[self.language],
            edited=self.edited,
            sample=sample,
            preview_url=reverse("mailing_text_preview", args=[self.kind.name, self.language]),
            test_url=reverse("mailing_text_test", args=[self.kind.name, self.language]),
        )
        return self.render_to_response(context)


class PreviewView(TextView):
    """The stored text as HTML mail with sample data, for the frame beside the form."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        html = str(self.sample().alternatives[0][0])
        response = HttpResponse(html)
        response._csp_replace = PREVIEW_POLICY  # type: ignore[attr-defined]
        return response


class SampleMailView(TextView):
    """The stored text with sample data, to oneself."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it at once, so that the answer says whether it went."""
        address = str(cast(Any, request.user).email)
        try:
            self.sample(to=address).send()
        except (OSError, smtplib.SMTPException):
            messages.error(request, _("Die Probe-Mail ging nicht hinaus: Der Mailserver hat sie nicht angenommen."))
        else:
            messages.success(request, _("Die Probe-Mail ist unterwegs an %(email)s.") % {"email": address})
        return redirect(self.address)


def languages() -> list[tuple[str, str]]:
    """Return codes and names of the languages mails are written in."""
    return [(code, str(label)) for code, label in settings.LANGUAGES]
