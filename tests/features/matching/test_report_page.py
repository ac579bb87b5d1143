"""The report as a page, in a real browser: what it shows, on a telephone and on paper, without anything from outside."""

import json
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.domain.matching import parse_document
from bot.domain.matching.engine import propose
from bot.domain.matching.reports import reported
from bot.features.matching.report_page import page
from tests.domain.matching.programs import a_program
from tests.sandbox.page_browser import chromium

NASTY = "<script>document.title='caught'</script><img src=x onerror=alert(1)>\"'&*"
KINDS = ("pairs", "circles", "rounds")


def a_page(kind, heads=24, names=None, **parts):
    program = a_program(heads, **parts)
    program["people"][0] |= {"dept": NASTY[:120], "circle": {"themes": [NASTY[:100]]}}
    document = parse_document(json.loads(json.dumps(program)))
    return page(reported(document, propose(document, kind)), names or {}, foot="Seed 1.")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with chromium() as browser:
        yield browser


async def shown(browser, html, **look):
    asked = []
    context = await browser.new_context(**{"viewport": {"width": 390, "height": 844}, **look})
    tab = await context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    await tab.set_content(html)
    assert asked == []
    return tab


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_a_telephone_and_runs_nothing(browser, kind, scheme):
    tab = await shown(browser, a_page(kind, names={"U001": NASTY * 3}), color_scheme=scheme)
    assert await tab.title() != "caught"
    assert await tab.locator("script, img, link, iframe").count() == 0
    assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await expect(tab.get_by_text("<script>").first).to_be_visible()
    paper, ink = await tab.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
    assert (paper == "rgb(255, 255, 255)") is (scheme == "light") and paper != ink


@pytest.mark.asyncio(loop_scope="module")
async def test_it_prints_black_on_white_even_from_a_dark_screen(browser):
    tab = await shown(browser, a_page("circles"), color_scheme="dark")
    await tab.emulate_media(media="print", color_scheme="dark")
    found = await tab.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
    assert found == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert (await tab.pdf()).startswith(b"%PDF")


@pytest.mark.asyncio(loop_scope="module")
async def test_the_worst_off_stand_before_who_with_whom(browser):
    tab = await shown(browser, a_page("circles"))
    heads = await tab.locator("h2").all_text_contents()
    assert heads.index("Served least") < heads.index("Who sits with whom, and why")
    await expect(tab.locator("h1")).to_have_text("Circles, as drawn")
    await expect(tab.get_by_text("of 24 people meet somebody of another department")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_from_outside(kind):
    html = a_page(kind)
    assert not re.search(r"https?://|url\(|@import|<script|javascript:|src=x[^&]*>", html)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("heads", [0, 1, 3])
def test_of_nobody_or_few_there_is_a_page_too(kind, heads):
    program = a_program(heads)
    document = parse_document(program)
    html = page(reported(document, propose(document, kind)), {})
    assert "<h1>" in html and "In figures" not in html
    assert ("fewer than five" in html) is bool(heads and ("Without a place" in html or "Who" in html))
