"""Which handler answers what."""

import pytest

from bot.slack.routes import Routes, base_action, gather


async def one(request, deps):
    return None


async def other(request, deps):
    return None


DECLARE = {
    "command": lambda routes: routes.command("match", help="Find somebody"),
    "click": lambda routes: routes.click("circles.join"),
    "submission": lambda routes: routes.submission("circles.create"),
    "suggestion": lambda routes: routes.suggestion("circles.theme"),
    "shortcut": lambda routes: routes.shortcut("circles.open"),
}


@pytest.mark.parametrize("kind", DECLARE)
def test_a_second_handler_for_one_id_is_refused(kind):
    routes = Routes()
    DECLARE[kind](routes)(one)
    with pytest.raises(ValueError, match="two handlers for"):
        DECLARE[kind](routes)(other)


@pytest.mark.parametrize("kind", DECLARE)
def test_the_same_id_in_two_features_refuses_to_start(kind):
    first, second = Routes(), Routes()
    DECLARE[kind](first)(one)
    DECLARE[kind](second)(other)
    with pytest.raises(ValueError, match="two handlers for"):
        gather([first, second])


@pytest.mark.parametrize("kind", DECLARE)
def test_a_declared_handler_stays_a_plain_function(kind):
    assert DECLARE[kind](Routes())(one) is one


def test_one_handler_may_answer_several_clicks():
    routes = Routes()
    routes.click("turn.pass", "turn.swap")(one)
    assert routes.clicks == {"turn.pass": one, "turn.swap": one}


def test_an_event_may_interest_several_features():
    first, second = Routes(), Routes()
    first.event("team_join", "user_change")(one)
    second.event("user_change")(other)
    assert gather([first, second]).events == {"team_join": [one], "user_change": [one, other]}


def test_only_one_feature_draws_the_home_tab():
    first, second = Routes(), Routes()
    first.home(one)
    assert gather([first]).homes == [one]
    second.home(other)
    with pytest.raises(ValueError, match="Home tab"):
        gather([first, second])


def test_a_command_says_what_help_shows_of_it():
    routes = Routes()
    routes.command("circle create", help="Start a circle", usage="NAME", for_leads=True, order=3)(one)
    route = gather([routes]).commands["circle create"]
    assert (route.words, route.handler, route.usage, route.for_leads) == ("circle create", one, "NAME", True)


@pytest.mark.parametrize(("action", "route"), [("circles.join", "circles.join"), ("circles.join:17", "circles.join")])
def test_what_stands_behind_a_colon_is_no_part_of_the_route(action, route):
    assert base_action(action) == route
