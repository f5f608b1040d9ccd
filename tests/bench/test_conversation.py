"""The bench's small browser holds a whole conversation with a program that gunicorn serves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import conversation, targets
from bench.browser import Answer, Browser
from bench.measuring import drive
from bench.servers import DidNotStart, Server, running


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("floor")
    with targets.floor(folder).started(folder) as server:
        yield server


def test_a_comment_is_sent_and_its_code_finds_it(floor: Server) -> None:
    with Browser(floor.port) as browser:
        code = conversation.send(browser, conversation.words())
    with Browser(floor.port) as another:
        assert isinstance(conversation.tracking(code)(another)(), Answer)


def test_an_act_that_fails_ends_the_run(floor: Server) -> None:
    with pytest.raises(conversation.Refused, match="404"):
        drive(floor.port, conversation.tracking("0000-0000-0000-0000-0000"), 2, 2)


def test_a_run_repeats_the_act_over_every_connection(floor: Server) -> None:
    done: list[Browser] = []

    def prepare(browser: Browser) -> conversation.Act:
        return lambda: done.append(browser)

    drive(floor.port, prepare, connections=3, count=12)
    assert len(done) == 12
    assert len(set(map(id, done))) == 3


def test_a_program_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(DidNotStart, match="create_nothing"),
        running("bench.floors:create_nothing()", "/", {}, tmp_path),
    ):
        pass


def test_no_two_submissions_of_a_run_are_alike() -> None:
    written = {conversation.words() for _ in range(50)}
    assert len(written) == 50


def test_hidden_fields_are_read_whatever_the_order_of_their_attributes() -> None:
    page = """<input type="hidden" name="a" value="1 &amp; 2"><input value="3" name=b type=hidden>
    <input name="c" value="4"><input type="hidden" name="d">"""
    assert Answer(200, {}, page.encode(), 0).hidden() == {"a": "1 & 2", "b": "3", "d": ""}
