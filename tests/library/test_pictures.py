"""Pictures as editors upload them: one, many at once, a new file for an old picture."""

import gc
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images.models import Filter
from wagtail.models import UploadedFile

from library.models import Picture
from library.uploads import delete_abandoned_uploads
from tests.factories.library import PictureFactory, picture_file

pytestmark = pytest.mark.django_db
ADD = "/admin/images/add/"
BROKEN = (
    "Diese Datei ist kein Bild oder beschädigt. Öffnen Sie sie zur Probe auf Ihrem Gerät, und speichern Sie sie neu."
)
RENAMED = (
    "Die Datei heißt „.jpeg“, ist aber ein anderes Format (png). "
    "Speichern Sie das Bild neu, statt die Datei umzubenennen."
)
MORE_THAN_A_DRAWING = (
    "Diese SVG-Datei enthält mehr als eine Zeichnung, zum Beispiel ein Programm oder Verweise auf andere Server. "
    "Speichern Sie sie in Ihrem Zeichenprogramm als „einfaches SVG“, oder laden Sie sie als PNG hoch."
)


def stored_files() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add_picture(client: Client, file: object, **values: object) -> Any:
    return client.post(ADD, {"title": "Platz", "description": "Ein Platz", "file": file, **values})


def errors(response: Any, field: str) -> list[str]:
    return list(response.context["form"].errors.get(field, []))


def test_photo_is_stored_without_place_and_upright(editor_client: Client, photo: Callable[..., bytes]) -> None:
    response = add_picture(editor_client, upload("foto.jpg", photo()))
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.description) == (20, 40, "Ein Platz")
    with Image.open(picture.file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
    assert picture.file_size == Path(picture.file.path).stat().st_size


def test_new_file_of_a_picture_is_cleaned_too(editor_client: Client, photo: Callable[..., bytes]) -> None:
    picture = PictureFactory()
    values = {"title": "Platz", "description": "Neu", "file": upload("neu.jpg", photo())}
    assert editor_client.post(f"/admin/images/{picture.pk}/", values).status_code == 302
    picture.refresh_from_db()
    with Image.open(picture.file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
    assert stored_files() == [Path(picture.file.path)]


def test_new_content_has_a_new_address_in_every_size(editor_client: Client) -> None:
    spec = "width-20|format-webp"
    picture = PictureFactory(file=picture_file(color="green"))
    before = picture.get_rendition(spec).file.name
    made_again = picture.generate_rendition_file(Filter(spec)).name
    values = {"title": "Platz", "description": "Neu", "file": picture_file(Path(picture.file.name).name, color="red")}
    assert editor_client.post(f"/admin/images/{picture.pk}/", values).status_code == 302
    after = Picture.objects.get().get_rendition(spec).file.name

    assert re.fullmatch(r"images/bild\w*\.width-20\.format-webp\.[0-9a-f]{12}\.webp", before)
    assert (Path(before).name == made_again, before == after) == (True, False)


def test_large_upload_in_a_temporary_file_is_cleaned_too(
    editor_client: Client, photo: Callable[..., bytes], settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    assert add_picture(editor_client, upload("foto.jpg", photo())).status_code == 302
    with Image.open(Picture.objects.get().file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("text.jpg", b"Kein Bild, nur Text.", BROKEN),
        ("leer.jpg", b"", "Die übertragene Datei ist leer."),
        (
            "bild.jpg",
            picture_file("bild.png").read(),
            RENAMED,
        ),
        ("halb.jpg", picture_file("bild.jpg", size=(400, 400)).read()[:900], BROKEN),
        (
            "bild.bmp",
            picture_file("bild.bmp").read(),
            "Dieses Format geht nicht. Laden Sie das Bild als JPEG, PNG, WebP, GIF oder SVG hoch.",
        ),
        (
            "boese.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>',
            MORE_THAN_A_DRAWING,
        ),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(
    editor_client: Client, name: str, content: bytes, message: str
) -> None:
    response = add_picture(editor_client, upload(name, content))
    assert errors(response, "file") == [message]
    assert (Picture.objects.count(), stored_files()) == (0, [])


def test_picture_of_20_megabytes_is_refused_and_leaves_nothing(editor_client: Client) -> None:
    content = picture_file("bild.jpg").read() + b"\0" * 20_000_000
    response = add_picture(editor_client, upload("gross.jpg", content))
    assert errors(response, "file") == [
        "Das Bild ist größer als 10 MB. Verkleinern Sie es, 2.500 Pixel Breite genügen immer."
    ]
    assert (Picture.objects.count(), stored_files()) == (0, [])


def test_harmless_drawing_is_accepted(editor_client: Client) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    assert add_picture(editor_client, upload("zeichen.svg", drawing)).status_code == 302
    assert Picture.objects.get().is_svg() is True


@pytest.mark.parametrize("description", ["", "   "])
def test_alternative_text_is_asked_for(editor_client: Client, description: str) -> None:
    response = add_picture(editor_client, picture_file(), description=description)
    assert errors(response, "description") == [
        "Beschreiben Sie in einem Satz, was auf dem Bild zu sehen ist, oder setzen Sie den Haken bei „nur Schmuck“."
    ]
    assert (Picture.objects.count(), stored_files()) == (0, [])


def test_decoration_has_no_alternative_text(editor_client: Client) -> None:
    add_picture(editor_client, picture_file(), description="Ranke", is_decorative="on")
    picture = Picture.objects.get()
    assert (picture.description, picture.default_alt_text) == ("", "")


def test_title_is_never_the_alternative_text() -> None:
    assert PictureFactory(title="DSC_0815", description="Ein Platz").default_alt_text == "Ein Platz"
    assert PictureFactory(title="DSC_0815", description="").default_alt_text == ""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Wagtail leaves the upload open
def test_upload_of_many_waits_for_the_alternative_text(editor_client: Client, photo: Callable[..., bytes]) -> None:
    address = reverse("wagtailimages:add_multiple")
    answer = editor_client.post(address, {"title": "Platz", "files[]": upload("foto.jpg", photo())}).json()
    assert (answer["success"], Picture.objects.count()) == (True, 0)
    waiting = UploadedFile.objects.get()
    with Image.open(waiting.file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
    prefix = f"uploaded-image-{waiting.pk}"
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    answer = editor_client.post(address, {f"{prefix}-title": "Platz", f"{prefix}-description": ""}).json()
    assert (answer["success"], Picture.objects.count()) == (False, 0)
    answer = editor_client.post(address, {f"{prefix}-title": "Platz", f"{prefix}-description": "Ein Platz"}).json()
    assert (answer["success"], UploadedFile.objects.count()) == (True, 0)
    with Image.open(Picture.objects.get().file.path) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
    gc.collect()


def test_upload_of_many_refuses_text_named_like_a_picture(editor_client: Client) -> None:
    address = reverse("wagtailimages:add_multiple")
    answer = editor_client.post(address, {"title": "Text", "files[]": upload("text.jpg", b"Nur Text")}).json()
    assert answer == {"success": False, "error_message": BROKEN}
    assert (UploadedFile.objects.count(), stored_files()) == (0, [])


def test_abandoned_uploads_are_deleted_after_a_day(
    editor_client: Client, time_machine: Any, run_on_commit: Any
) -> None:
    address = reverse("wagtailimages:add_multiple")
    editor_client.post(address, {"title": "Platz", "files[]": picture_file()})
    delete_abandoned_uploads()
    assert UploadedFile.objects.count() == 1
    time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
    with run_on_commit():
        delete_abandoned_uploads()
    assert (UploadedFile.objects.count(), stored_files()) == (0, [])


def test_form_explains_itself_in_german(editor_client: Client) -> None:
    form = editor_client.get(ADD).context["form"]
    assert str(form["description"].label) == "Alternativtext"
    assert str(form["file"].help_text) == (
        "JPEG, PNG, WebP, GIF oder SVG, höchstens 10 MB. Ort, Zeit und Gerät der Aufnahme werden entfernt."
    )
