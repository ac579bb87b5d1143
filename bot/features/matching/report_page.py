"""A report as one page of HTML: no outside asset, no script; for a screen, a telephone, or paper.

Whatever comes from people is escaped on its way into the page; `names` says how somebody is called there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bot.domain.matching.report import EARLIER, IN_ORDER, NOTHING, Figure, Left, Met, Reach, Report, Served, said

STRESSED = re.compile(r"\*([^*]+)\*")
WORST_SHOWN = 10
TITLES: Mapping[str, str] = {
    "circles": "Circles, as drawn",
    "pairs": "Mentoring pairs, as drawn",
    "rounds": "Weekly meetings, as drawn",
}
WHO: Mapping[str, str] = {"pairs": "people who look for a mentor"}
STYLE = """
:root { color-scheme: light dark; --ink: #1d2b2d; --soft: #5a6b6e; --line: #d5dfe0; --paper: #fff; --wash: #f2f6f6;
  --mark: #2c5d63; --other: #a9bfc2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eeee; --soft: #a3b4b6; --line: #3a494b; --paper: #151c1d;
  --wash: #1e2829; --mark: #7fc3cb; --other: #52676a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0; }
.soft, small { color: var(--soft); }
ol, ul { list-style: none; margin: 0; padding: 0; }
li { padding: .6rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.figures li { padding: .75rem 0; }
.figures small { display: block; }
.bar { display: block; height: .5rem; margin: .25rem 0; background: var(--wash); border-radius: .25rem; }
.bar i { display: block; height: 100%; background: var(--mark); border-radius: .25rem; }
.bar.before i { background: var(--other); }
.place { color: var(--soft); font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
td:not(:first-child), th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
@media (min-width: 44rem) { .two { columns: 2; column-gap: 2rem; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --wash: #eee;
  --mark: #2c5d63; --other: #999; } body { max-width: none; padding: 0; font-size: 10pt; }
  .bar, .bar i { print-color-adjust: exact; } h2 { break-after: avoid; } }
"""


def page(report: Report, names: Mapping[str, str], *, foot: str = "") -> str:
    """The whole page. Whoever has no name in `names` goes by their id."""
    title = TITLES[report.kind]
    parts = [
        f"<h1>{title}</h1>\n<p><strong>{escape(report.headline)}.</strong></p>",
        f'<p class="soft">{escape(report.note)}</p>' if report.note else "",
        _figures(report),
        _section("Served least", (_served(one, report.kind, names) for one in _worst(report)), first=WORST_WORDS),
        _section("Without a place", (_left(one, names) for one in report.left), first=LEFT_WORDS),
        _section(_groups_title(report), _groups(report, names), wide=True),
        _reach(report.reach),
        f"<footer><p><small>{escape(foot)}</small></p></footer>" if foot else "",
    ]
    body = "\n".join(part for part in parts if part)
    head = (
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{title}</title>\n<style>{STYLE}</style>'
    )
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n'


WORST_WORDS = "Those who gain least from where they are, the least of all first, and what they go without."
LEFT_WORDS = "Each with the reason, and the smallest change that would help."


def _groups_title(report: Report) -> str:
    return {"circles": "Who sits with whom, and why", "pairs": "Who with whom, and why"}.get(
        report.kind, "Who meets whom"
    )


def _section(title: str, entries: Iterable[str], *, first: str = "", wide: bool = False) -> str:
    lines = "\n".join(f"<li>{entry}</li>" for entry in entries)
    if not lines:
        return ""
    opening = f'<p class="soft">{escape(first)}</p>\n' if first else ""
    look = ' class="two"' if wide else ""
    return f"<section>\n<h2>{title}</h2>\n{opening}<ol{look}>\n{lines}\n</ol>\n</section>"


COMPARED = {
    IN_ORDER: "Below each stands, for comparison, what you would get without matching: the list of people cut into "
    "groups of the same sizes, in the order it is in.",
    EARLIER: "Below each stands, for comparison, what the earlier draw had.",
}


def _figures(report: Report) -> str:
    if not report.figures:
        return '<p class="soft">Figures about fewer than five people are not shown.</p>' if report.people else ""
    lines = "\n".join(f"<li>{_figure(one, report)}</li>" for one in report.figures)
    words = COMPARED.get(report.against, "")
    opening = f'<p class="soft">{words}</p>\n' if words else ""
    return f'<section>\n<h2>In figures</h2>\n{opening}<ul class="figures">\n{lines}\n</ul>\n</section>'


def _figure(figure: Figure, report: Report) -> str:
    """In words first; the bars only repeat them, so a screen reader skips them."""
    shown = f"<strong>{escape(said(figure, WHO.get(report.kind, 'people')))}</strong>"
    if figure.of:
        shown += _bar(figure.after, figure.of)
    if figure.before is None:
        return shown
    before = f"{figure.before:,}" if figure.of else str(figure.before or "none")
    shown += f"<small>{escape(report.against[:1].upper() + report.against[1:])}: {before}</small>"
    return shown + (_bar(figure.before, figure.of, " before") if figure.of else "")


def _bar(part: int, whole: int, kind: str = "") -> str:
    return f'<span class="bar{kind}" aria-hidden="true"><i style="width:{min(100, 100 * part // whole)}%"></i></span>'


def _worst(report: Report) -> Sequence[Served]:
    """Those who go without something; or, where nobody does, the one who gains least."""
    lacking = [one for one in report.worst if one.lacks != NOTHING]
    return lacking[:WORST_SHOWN] or report.worst[:1]


def _served(one: Served, kind: str, names: Mapping[str, str]) -> str:
    place = f' <span class="place">{kind[:-1].capitalize()} {one.place}</span>' if one.place else ""
    return f"<strong>{_name(one.id, names)}</strong>{place}<p>{_stressed(one.lacks)}</p>"


def _left(one: Left, names: Mapping[str, str]) -> str:
    help_words = f" <em>What would help:</em> {_stressed(one.would_help)}" if one.would_help else ""
    return f"<strong>{_name(one.id, names)}</strong><p>{_stressed(one.why)}{help_words}</p>"


def _groups(report: Report, names: Mapping[str, str]) -> Iterable[str]:
    if report.kind != "rounds":
        return (_met(one, report.kind, names) for one in report.groups)
    weeks: dict[str, list[str]] = {}
    for one in report.groups:
        weeks.setdefault(one.title, []).append(_members(one, report.kind, names))
    return (f"<strong>{escape(week)}</strong><p>{'<br>'.join(met)}</p>" for week, met in weeks.items())


def _met(one: Met, kind: str, names: Mapping[str, str]) -> str:
    members = _members(one, kind, names)
    lines = [one.hours, one.because, one.costs]
    shown = "".join(f'<p class="soft">{_stressed(line)}</p>' for line in lines if line)
    return f'<span class="place">{one.place}</span> <strong>{escape(one.title)}</strong><p>{members}</p>{shown}'


def _members(one: Met, kind: str, names: Mapping[str, str]) -> str:
    called = [_name(member, names) for member in one.members]
    return f"{called[0]} with {called[1]}" if kind == "pairs" else _listed(called)


def _listed(called: Sequence[str]) -> str:
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}"


def _reach(every: Sequence[Reach]) -> str:
    if not every:
        return ""
    rows = "\n".join(
        f"<tr><td>{escape(one.dept or 'Departments of fewer than five')}</td><td>{one.people:,}</td><td>{one.across:,}</td></tr>"
        for one in every
    )
    head = "<tr><th>Department</th><th>People</th><th>Meet another department</th></tr>"
    table = f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    return f"<section>\n<h2>Reach across departments</h2>\n{table}\n</section>"


def _name(id: str, names: Mapping[str, str]) -> str:
    return escape(names.get(id) or id)


def _stressed(words: str) -> str:
    """Escaped, with *stars* as emphasis, as the matcher marks what people named."""
    return STRESSED.sub(r"<em>\1</em>", escape(words))
