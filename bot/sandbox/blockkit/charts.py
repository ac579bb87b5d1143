"""Blocks that show data: table, data_table and data_visualization."""

from typing import Any

from bot.sandbox.blockkit.checks import Check, Place, array, boolean, by_type, integer, number, one_of, record, string
from bot.sandbox.blockkit.objects import BLOCK_ID
from bot.sandbox.blockkit.richtext import RICH_TEXT

RAW_TEXT = record({"type": one_of("raw_text"), "text": string(3000, least=0)})
RAW_NUMBER = record({"type": one_of("raw_number"), "value": number, "text": string(3000)})
CELL = by_type({"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT})
ROW = array(CELL, most=20)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column(value: Any, place: Place) -> None:
    # The one place where Slack takes null: a column to be left as it is.
    if value is not None:
        _COLUMN(value, place)


def _even_rows(value: Any, place: Place) -> None:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            place.at("rows").at(index).fault(f"must have {width} cells, as the first row has")


def _plain_heads(value: Any, place: Place) -> None:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            place.at("rows").at(0).at(index).fault("must not be rich_text in the header row")
    if value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        place.at("row_header_column_index").fault("must be the index of a column")


TABLE = record(
    {"type": one_of("table"), "rows": array(ROW, most=100)},
    {"column_settings": array(_column, most=20), "block_id": BLOCK_ID},
    _even_rows,
)
DATA_TABLE = record(
    {"type": one_of("data_table"), "caption": string(2000), "rows": array(ROW, most=201, least=2)},
    {"page_size": integer(1, 100), "row_header_column_index": integer(0, 19), "block_id": BLOCK_ID},
    _even_rows,
    _plain_heads,
)

POINT = record({"label": string(255), "value": number})
SERIES = record({"name": string(255), "data": array(POINT, most=200)})
AXES = record({"categories": array(string(255), most=200)}, {"x_label": string(50), "y_label": string(50)})


def _series_agree(value: Any, place: Place) -> None:
    names = [one["name"] for one in value["series"]]
    if len(set(names)) < len(names):
        place.at("series").fault("series names must be unique")
    for index, one in enumerate(value["series"]):
        if [point["label"] for point in one["data"]] != value["axis_config"]["categories"]:
            place.at("series").at(index).at("data").fault("labels must match axis_config.categories")


def _plotted(kind: str) -> Check:
    return record({"type": one_of(kind), "series": array(SERIES, most=6), "axis_config": AXES}, None, _series_agree)


CHART = by_type(
    {
        "pie": record({"type": one_of("pie"), "segments": array(POINT, most=6)}),
        **{kind: _plotted(kind) for kind in ("bar", "line", "area")},
    }
)
DATA_VISUALIZATION = record(
    {"type": one_of("data_visualization"), "title": string(50), "chart": CHART}, {"block_id": BLOCK_ID}
)
