"""One message of several parts, and what a click in one of them changes."""

from bot.sandbox.blockkit import message_faults
from bot.slack import blocks, digest
from bot.slack.blocks import Message
from bot.slack.carry import Desk, in_its_place

WAY_OUT = blocks.button("Fewer of these", "settings.open")


def a_part(words: str) -> Message:
    button = blocks.button("Do it", "test.do", words, style="primary")
    return Message(f"{words}.", [blocks.section(f"*{words}*", block="of-1"), blocks.actions(button)])


def desk(shown: Message, block: str) -> Desk:
    return Desk.of_click(
        {
            "user": {"id": "U0ANA"},
            "team": {"id": "T0OAK"},
            "response_url": "https://hooks.example.com/1",
            "actions": [{"action_id": "test.do", "block_id": block}],
            "message": {"text": shown.text, "blocks": list(shown.blocks)},
        }
    )


def texts(shown) -> list[str]:
    return [block["text"]["text"] for block in shown if block["type"] == "section"]


def test_the_parts_stand_below_each_other_and_the_first_has_the_one_primary_button():
    shown = digest.merged([(7, a_part("One")), (9, a_part("Two"))], WAY_OUT)
    assert not message_faults(shown.blocks)
    assert shown.text == "2 things for you this week, in one message. First: One."
    assert texts(shown.blocks)[1:] == ["*One*", "*Two*"]
    buttons = [one for block in shown.blocks if block["type"] == "actions" for one in block["elements"]]
    assert [one.get("style") for one in buttons] == ["primary", None, None]


def test_a_click_in_one_part_changes_that_part_alone():
    shown = digest.merged([(7, a_part("One")), (9, a_part("Two"))], WAY_OUT)
    changed = in_its_place(desk(shown, "part.9.1"), Message("Done.", [blocks.section("Well done.")]))
    assert texts(changed.blocks)[1:] == ["*One*", "Well done."]
    assert changed.text == shown.text and not message_faults(changed.blocks)
    again = in_its_place(desk(changed, "part.7.1"), Message("Done."))
    assert texts(again.blocks)[1:] == ["Done.", "Well done."]


def test_a_click_elsewhere_changes_the_whole_message():
    done = Message("Done.", [blocks.section("Well done.")])
    shown = digest.merged([(7, a_part("One"))], WAY_OUT)
    for block in ("of-1", "", "part.x.1", "part.", "part.8.0", "part.9999999999999999999999.0"):
        assert in_its_place(desk(shown, block), done) == done


def test_what_makes_too_many_blocks_replaces_all():
    shown = digest.merged([(7, a_part("One")), (9, a_part("Two"))], WAY_OUT)
    long = Message("Long.", [blocks.section(str(number)) for number in range(48)])
    assert in_its_place(desk(shown, "part.9.1"), long) == long


def test_the_way_out_stands_beside_the_other_buttons():
    shown = digest.with_a_way_out(a_part("One"), WAY_OUT)
    assert [one["text"]["text"] for one in shown.blocks[-1]["elements"]] == ["Do it", "Fewer of these"]
    plain = digest.with_a_way_out(Message("Only words."), WAY_OUT)
    assert texts(plain.blocks) == ["Only words."] and plain.blocks[-1]["elements"] == [WAY_OUT]
