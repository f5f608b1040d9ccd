"""The row of files measures what it says: real photographs, each a new one, kept by both sides."""

import io
from pathlib import Path

from PIL import Image
from werkzeug.formparser import parse_form_data

from bench import files


def test_a_form_with_a_file_is_written_as_browsers_write_it() -> None:
    body = files.form({"code": "0A-1B"}, b"\xff\xd8\r\n--\xff")
    head = {"CONTENT_TYPE": f"multipart/form-data; boundary={files.BOUNDARY}"}
    environ = {**head, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    _stream, fields, sent = parse_form_data({**environ, "REQUEST_METHOD": "POST"})
    assert fields["code"] == "0A-1B"
    with sent["file"].stream as arrived:
        assert arrived.read() == b"\xff\xd8\r\n--\xff"


def test_no_two_photographs_are_the_same_file() -> None:
    one, other = files.unlike_others(), files.unlike_others()
    assert one != other
    with Image.open(io.BytesIO(one)) as shown:
        assert (shown.format, shown.size) == ("JPEG", files.SIZE)


def test_a_photograph_is_sent_and_one_is_taken_without_a_site(tmp_path: Path) -> None:
    (line,) = files.file_lines(tmp_path / "made", 1, warm=False)
    assert line.measured > 0
    kept = [list((tmp_path / "made" / name).iterdir()) for name in ("files", "floor")]
    assert [len(each) for each in kept] == [1, 1]
    assert not [path for each in kept for path in each if b"JFIF" in path.read_bytes()]
