"""Blocks, elements and views to check, each right until something is put wrong."""


def plain(text="Text"):
    return {"type": "plain_text", "text": text}


def marked(text="Text"):
    return {"type": "mrkdwn", "text": text}


def option(value="a", text=None, **more):
    return {"text": plain(text or value), "value": value, **more}


def section(**more):
    return {"type": "section", "text": marked(), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def field(element, **more):
    return {"type": "input", "label": plain(), "element": element, **more}


def button(**more):
    return {"type": "button", "text": plain(), **more}


def select(**more):
    return {"type": "static_select", "options": [option("a"), option("b")], **more}


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def line(*parts):
    return {"type": "rich_text_section", "elements": list(parts)}


def words(text="Text", **style):
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def table(rows, **more):
    return {"type": "table", "rows": [[{"type": "raw_text", "text": c} for c in row] for row in rows], **more}


def chart(**more):
    point = {"label": "Kept", "value": 3}
    return {
        "type": "data_visualization",
        "title": "Commitments",
        "chart": {
            "type": "bar",
            "series": [{"name": "All", "data": [point]}],
            "axis_config": {"categories": ["Kept"]},
        },
        **more,
    }


PNG = "https://example.com/a.png"
