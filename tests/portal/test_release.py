"""The code that runs, told from any other."""

from pathlib import Path

from portal.release import COMPILED, digest_of, release


def test_other_content_and_another_name_are_other_code(tmp_path: Path) -> None:
    file = tmp_path / "room" / "views.py"
    file.parent.mkdir()
    file.write_text("one")
    found = [digest_of(tmp_path)]
    file.write_text("two")
    found.append(digest_of(tmp_path))
    file.rename(file.with_name("forms.py"))
    found.append(digest_of(tmp_path))

    assert len(set(found)) == 3


def test_what_the_machine_compiles_is_no_other_code(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text("one")
    before = digest_of(tmp_path)
    for ending in COMPILED:
        (tmp_path / f"compiled{ending}").write_text("anything")

    assert digest_of(tmp_path) == before


def test_this_code_has_one_release() -> None:
    assert (len(release()), release()) == (16, release())
