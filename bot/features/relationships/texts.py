"""The texts of relationships that a program may make its own."""

from bot.domain.guides import AGENDAS, GUIDES
from bot.domain.templates import lines
from bot.feature import Editable
from bot.slack import blocks
from bot.slack.blocks import Block


def as_list(text: str) -> list[Block]:
    return [blocks.bullets(*lines(text))]


TEMPLATES = [Editable(template, as_list) for template in (*GUIDES.values(), *AGENDAS.values())]
