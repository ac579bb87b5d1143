"""What is taken as a web address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import links
from bot.domain.errors import RefusedFields


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://example.org",
        "http://10.0.0.1:8080/a?b=c#d",
        "https://docs.example.org/d/1_a-Z/edit",
        "HTTPS://EXAMPLE.org/ä",
    ],
)
def test_a_web_address_is_taken_as_it_is(link):
    assert links.clean_link(f"  {link} ") == link


@pytest.mark.parametrize(
    "link",
    [
        "example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://ana:secret@example.org",
        "https://example.org/a b",
        "https://example.org|<!channel>",
        "https://example.org/>",
        "https://[::1",
        "https://example.org:99999",
        "https://exam\u202eple.org",
        "https://example.org/\x00",
        "https://example.org/" + "a" * 500,
    ],
)
def test_what_is_no_web_address_is_refused(link):
    with pytest.raises(RefusedFields) as refused:
        links.clean_link(link)
    assert set(refused.value.fields) == {"link"}


@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://a.b/"]))
def test_whatever_is_typed_as_a_link_is_taken_or_refused(typed, start):
    try:
        link = links.clean_link(start + typed)
    except RefusedFields:
        return
    assert link == "" or link.lower().startswith(("http://", "https://"))
    assert not set("<>| \n") & set(link)
