"""The audit log in sentences: one for each kind of entry, people as mentions, circles by their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.ids import MemberId
from bot.domain.shipped import protocol_named
from bot.slack.text import escape, listed, many, mention
from bot.store.audit import Entry


@dataclass(frozen=True)
class Logged:
    """An entry, and the name of the circle it is about, if any."""

    entry: Entry
    circle: str = ""

    @property
    def by(self) -> str:
        return person(self.entry.by) or "The circle, by tap,"

    @property
    def about(self) -> str:
        return f"*{escape(self.circle)}*" if self.circle else "a circle"

    @property
    def details(self) -> Mapping[str, Any]:
        return self.entry.details

    @property
    def draft(self) -> str:
        return f"draft {escape(self.entry.subject.rpartition(':')[2])}"


def person(member: str) -> str:
    return mention(MemberId(member)) if member.startswith(("U", "W")) else escape(member)


def sentence(one: Logged) -> str:
    said = SAID.get(one.entry.act)
    return said(one) if said else f"{one.by} did something that has no words here yet (`{escape(one.entry.act)}`)."


def _those(one: Logged) -> str:
    members = one.details.get("members")
    return listed([person(who) for who in members]) if isinstance(members, list) and members else "somebody"


def _joined(one: Logged) -> str:
    how = " by being added to its channel" if one.details.get("by") == "channel" else ""
    return f"{one.by} joined {one.about}{how}."


def _left(one: Logged) -> str:
    how = {"channel": ", by leaving its channel", "deactivated": ", as the account is deactivated"}
    return f"{one.by} left {one.about}{how.get(str(one.details.get('by')), '')}."


def _not_in(one: Logged) -> str:
    return f"{person(str(one.details.get('member', 'Somebody')))} could not be brought into {one.about}."


def _small(one: Logged) -> str:
    return f"{one.about} is down to {many(int(one.details.get('members', 0)), 'member', 'members')}."


def _rhythm(one: Logged) -> str:
    rhythm = one.details.get("rhythm")
    return f"{one.by} changed when {one.about} meets{f': {escape(str(rhythm))}' if rhythm else ''}."


def _closed(one: Logged) -> str:
    ends = {
        "empty": f"{one.about} ended when its last member left.",
        "archived": f"{one.about} ended, as its channel was archived in Slack.",
        "deleted": f"{one.about} ended, as its channel was deleted in Slack.",
    }
    return ends.get(str(one.details.get("why")), f"{one.by} ended {one.about}.")


def _published(one: Logged) -> str:
    made = one.details.get("circles")
    count = f", which made {many(len(made), 'circle', 'circles')}" if isinstance(made, list) else ""
    return f"{one.by} published {one.draft}{count}."


def _offered(one: Logged) -> str:
    return f"{one.by} offered {person(str(one.details.get('member', 'somebody')))} a seat in {one.about}."


def _outcome(one: Logged) -> str:
    went = {"held": "was held", "partly": "was held in part", "not_held": "was not held"}
    said = went.get(str(one.details.get("outcome")), "is over")
    return f"{one.by} noted that a session of {one.about} {said}."


def _questions(one: Logged) -> str:
    family = escape(str(one.details.get("family", "")))
    if one.details.get("questions"):
        return f"{one.by} changed what is asked in check-ins ({family})."
    return f"{one.by} put what is asked in check-ins ({family}) back as it comes."


def _seat(one: Logged) -> str:
    how = one.details.get("how")
    if how == "swap":
        return f"{one.by} took over somebody's turn in the hot seat of {one.about}."
    if how in ("urgent", "not urgent"):
        did = (
            "took the next seat with something urgent" if how == "urgent" else "gave the next seat back: it can wait"
        )
        return f"{one.by} {did}, in {one.about}."
    return f"{one.by} passed on a turn in the hot seat of {one.about}."


def _protocol(one: Logged) -> str:
    name = protocol_named(str(one.details.get("protocol"))).name
    which = "a session of " if one.entry.act == "session.protocol" else ""
    return f"{one.by} chose for {which}{one.about}: {name}."


def _program(one: Logged) -> str:
    name = one.details.get("name")
    return f"{one.by} changed the program{f' *{escape(str(name))}*' if name else ''}."


def _brought_in(one: Logged) -> str:
    did = "added" if one.details.get("new") else "changed"
    return f"{person(one.entry.subject)} was {did} from a file."


def _file(one: Logged) -> str:
    added, changed = int(one.details.get("added", 0)), int(one.details.get("changed", 0))
    return f"The file {escape(one.entry.subject)} was imported: {many(added, 'person', 'people')} new, {changed} changed."


def _skill(one: Logged) -> str:
    about = str(one.details.get("about") or "")
    if one.entry.act == "skills.restore" and not about:
        return f"{one.by} put all skills back as they come."
    did = {"skills.add": "added", "skills.same": "said that two are the same", "skills.relate": "related two"}
    return f"{one.by} changed the skills: {did.get(one.entry.act, 'put back')}, {escape(about)}."


SAID: Mapping[str, Callable[[Logged], str]] = {
    "circle.create": lambda one: f"{one.by} started {one.about}.",
    "circle.join": _joined,
    "circle.invite": lambda one: f"{one.by} brought {_those(one)} into {one.about}.",
    "circle.leave": _left,
    "circle.not_in": _not_in,
    "circle.small": _small,
    "circle.rhythm": _rhythm,
    "circle.close": _closed,
    "circle.protocol": _protocol,
    "session.protocol": _protocol,
    "match.draw": lambda one: f"{one.by} had {one.draft} drawn.",
    "match.stop": lambda one: f"{one.by} stopped the drawing of {one.draft}.",
    "match.lock": lambda one: f"{one.by} locked the circle of {_those(one)} in {one.draft}.",
    "match.unlock": lambda one: f"{one.by} unlocked the circle of {_those(one)} in {one.draft}.",
    "match.forbid": lambda one: f"{one.by} kept {_those(one)} apart in {one.draft}.",
    "match.allow": lambda one: f"{one.by} took back that {_those(one)} are kept apart in {one.draft}.",
    "match.check": lambda one: f"{one.by} had {one.draft} drawn once more, to see whether it comes out the same.",
    "match.swap": lambda one: f"{one.by} swapped {_those(one)} in {one.draft}.",
    "match.discard": lambda one: f"{one.by} put {one.draft} away.",
    "match.publish": _published,
    "match.offer": _offered,
    "circle.round": lambda one: f"{one.about} ended a round and opened what its members want next.",
    "circle.back": lambda one: f"{one.by} brought {one.about} back after it had ended.",
    "circle.size": lambda one: f"{one.about} decided by tap how it goes on.",
    "circle.merge": lambda one: f"{one.by} had {one.about} go on as a part of another circle.",
    "match.merge_ask": lambda one: f"{one.by} asked {one.about} whether it would join another circle.",
    "match.merge_drop": lambda one: f"{one.by} dropped the question whether {one.about} would join another circle.",
    "match.seek": lambda one: f"{one.by} had me tell {_those(one)} who fits them, after {one.draft}.",
    "match.again": lambda one: f"{one.by} asked for another match where one did not work.",
    "program.change": _program,
    "program.manners": lambda one: f"{one.by} changed when people are written to, or the weeks off.",
    "lead.add": lambda one: f"{one.by} made {person(one.entry.subject)} a program lead.",
    "lead.remove": lambda one: f"{one.by} took the role of program lead from {person(one.entry.subject)}.",
    "calendar.share": lambda one: f"{one.by} made a calendar address for {one.about}.",
    "calendar.unshare": lambda one: f"{one.by} turned off the calendar address of {one.about}.",
    "charter.change": lambda one: f"{one.by} changed the charter of {one.about}.",
    "charter.template": lambda one: f"{one.by} changed the charter that new circles begin with.",
    "template.change": lambda one: f"{one.by} made the text {escape(one.entry.subject)} the program's own.",
    "template.restore": lambda one: f"{one.by} put the text {escape(one.entry.subject)} back as it comes.",
    "session.moved": lambda one: f"{one.by} moved a session of {one.about}.",
    "session.skipped": lambda one: f"{one.by} left out a session of {one.about}.",
    "session.written": lambda one: f"{one.by} put a session of {one.about} in writing.",
    "session.start": lambda one: f"{one.by} started a session of {one.about}.",
    "session.restored": lambda one: f"{one.by} brought back a session of {one.about}.",
    "session.outcome": _outcome,
    "season.add": lambda one: f"{one.by} added a season of reviews, from {escape(one.entry.subject)}.",
    "season.remove": lambda one: f"{one.by} removed the season of reviews from {escape(one.entry.subject)}.",
    "story.answer": lambda one: f"{one.by} answered whether a story that names them may be told.",
    "story.withdraw": lambda one: f"{one.by} took back a story of theirs.",
    "commitment.confirm": lambda one: f"{one.by} confirmed a commitment as its witness or buddy.",
    "checkins.questions": _questions,
    "hotseat.change": _seat,
    "outbox.retry": lambda one: f"{one.by} had message {escape(one.entry.subject)} sent again.",
    "outbox.settle": lambda one: f"{one.by} found message {escape(one.entry.subject)} where it was thought lost.",
    "outbox.drop": lambda one: f"{one.by} gave up message {escape(one.entry.subject)}.",
    "skills.add": _skill,
    "skills.same": _skill,
    "skills.relate": _skill,
    "skills.restore": _skill,
    "skills.import": lambda one: f"{one.by} changed the skills by the file {escape(one.entry.subject)}.",
    "member.import": _brought_in,
    "members.import": _file,
}
