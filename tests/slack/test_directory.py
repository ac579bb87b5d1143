"""A person as Slack describes them, as a member."""

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.directory import as_member

odd = st.text(st.characters() | st.sampled_from("\x00\ud800\u202e\n🦊"), max_size=200)


def test_the_display_name_counts_then_the_real_one():
    person = {"id": "U1", "name": "ana.k", "profile": {"display_name": "Ana", "real_name": "Ana Keller"}}
    assert as_member(person).name == "Ana"
    assert as_member(person | {"profile": {"display_name": "", "real_name": "Ana Keller"}}).name == "Ana Keller"
    assert as_member({"id": "U1", "profile": {}}).name == "Somebody"


@given(odd, odd)
def test_whatever_a_name_holds_both_databases_can_keep_it(name, title):
    member = as_member({"id": "U1", "profile": {"display_name": name, "title": title}})
    for kept in (member.name, member.title):
        kept.encode()
        assert "\x00" not in kept and "\n" not in kept and len(kept) <= 120
    assert member.name
