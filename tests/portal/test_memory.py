"""What processes remember together: the same in each, bounded, and never stopped by a dead one."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from struct import Struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.memory import Memory, SharedMemory, Table, memory_here
from portal.security import Arrivals, Slowdown, Sources
from tests.clocks import START

FORKED = multiprocessing.get_context("fork")
NUMBER = Struct("q")
TOUCHES = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=200)


def elsewhere(do: Callable[[], object]) -> object:
    """What a process that was forked from this one answers."""
    here, there = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=lambda: there.send(do()))
    process.start()
    there.close()
    answer = here.recv()
    process.join()
    return answer


def test_what_one_process_counts_the_others_know() -> None:
    memory = SharedMemory()
    slowdown = Slowdown(after=2, memory=memory)
    tries = [elsewhere(lambda: slowdown.attempt(b"a", START)) for _ in range(2)]
    assert tries == [0, 0]
    assert slowdown.attempt(b"a", START) == 2


def test_the_second_process_finds_what_the_first_one_made() -> None:
    memory = SharedMemory()

    def judge() -> object:
        arrivals, sources = Arrivals(per_source=3, flood=9, memory=memory), Sources(memory)
        return arrivals.judge(source=sources.mark("203.0.113.7", START), at=START)

    assert [elsewhere(judge) for _ in range(4)] == [None, None, None, "source"]
    assert elsewhere(lambda: Sources(memory).mark("203.0.113.7", START)) == Sources(memory).mark(
        "203.0.113.7", START
    )


def test_other_settings_begin_a_memory_of_their_own() -> None:
    memory = SharedMemory()
    Slowdown(after=1, memory=memory, title="one").attempt(b"a", START)
    assert len(Slowdown(after=1, memory=memory, title="one")) == 1
    assert len(Slowdown(after=1, memory=memory, title="two")) == 0
    assert len(Slowdown(after=1, memory=memory, title="one", capacity=9)) == 0


def test_a_process_that_dies_while_it_is_alone_keeps_nobody_out() -> None:
    memory = SharedMemory()

    def die() -> None:
        with memory.alone():
            os.kill(os.getpid(), signal.SIGKILL)

    process = FORKED.Process(target=die)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert Slowdown(after=1, memory=memory).attempt(b"a", START) == 0


def test_without_room_the_memory_says_so() -> None:
    memory = SharedMemory()
    with pytest.raises(MemoryError, match="too much"):
        memory.room("too much", 2**40)
    assert len(memory.room("little", 9)) == 9


def test_a_process_that_no_server_started_has_a_memory_of_its_own() -> None:
    assert memory_here() is not memory_here()
    assert type(memory_here()) is Memory


@given(TOUCHES, st.integers(1, 50))
def test_a_table_holds_what_was_written_last_or_nothing(
    touches: list[tuple[int, bool]], capacity: int
) -> None:
    table, expected = Table(Memory(), "t", capacity=capacity, length=NUMBER.size), {}
    for time, (number, keeps) in enumerate(touches, start=1):
        name = str(number).encode()
        if keeps:
            NUMBER.pack_into(table.touch(name), 0, time)
            expected[name] = time
        else:
            table.drop(name)
            expected.pop(name, None)
        found = {each: table.get(each) for each in expected}
        held = {each: NUMBER.unpack(record)[0] for each, record in found.items() if record}
        assert held.items() <= expected.items()
        assert len(held) == len(table) <= capacity
        assert not keeps or name in held
