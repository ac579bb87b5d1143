"""What goes on behind an answer."""

import asyncio

import pytest

from bot.background import Background


@pytest.fixture
def behind():
    return Background()


class Work:
    def __init__(self):
        self.begun, self.cleaned_up = 0, False

    async def go_on(self):
        self.begun += 1
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            self.cleaned_up = True


async def test_one_of_a_name_at_a_time(behind):
    work = Work()
    for _ in range(2):
        behind.start("oak", work.go_on())
    await asyncio.sleep(0)
    assert work.begun == 1 and behind.is_running("oak") and not behind.is_running("birch")
    await behind.close()


async def test_ending_waits_until_it_has_cleaned_up(behind):
    work = Work()
    behind.start("oak", work.go_on())
    await asyncio.sleep(0)
    assert await behind.end("oak") and work.cleaned_up
    assert not await behind.end("oak")


async def test_closing_ends_everything(behind):
    works = [Work(), Work()]
    for work in works:
        behind.start(work, work.go_on())
    await asyncio.sleep(0)
    await behind.close()
    assert all(work.cleaned_up for work in works) and not any(map(behind.is_running, works))


async def test_a_bug_is_logged_and_the_name_is_free_again(behind, capsys):
    async def broken():
        raise LookupError("no oak")

    behind.start("oak", broken())
    await behind.quiet()
    assert not behind.is_running("oak")
    assert "no oak" in capsys.readouterr().out
