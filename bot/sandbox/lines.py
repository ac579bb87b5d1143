"""What the people of the season write: commitments and answers to check-ins, so that a dozen people read like a dozen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    will: str
    cue: str
    shows: str
    sure: int
    seen_by: str


LINES = (
    ("practise the first three minutes of my talk aloud", "If I have made coffee, then I stand up and speak", "a recording"),
    ("ask two colleagues what I should stop doing", "If it is Tuesday after lunch, then I ask", "their two answers"),
    ("write the one-page plan for the next quarter", "If it is Wednesday at nine, then I write for an hour", "the page"),
    ("say no to one request and offer another date", "If somebody asks for tonight, then I offer Friday", "one free evening"),
    ("send the draft to the board a day early", "If the figures are in, then I send them the same hour", "the mail"),
    ("show one chart that contradicts our plan", "If the review starts, then mine is the first slide", "the slide"),
    ("write down the restart of the billing service", "If I get paged, then I write before I go to bed", "the runbook"),
    ("let somebody else lead the next incident", "If the bridge opens, then I hand over the lead", "the log of it"),
    ("sit in on a customer call and only listen", "If sales books a call on Thursday, then I join", "half a page of notes"),
    ("talk to a team lead about how her weeks look", "If I see her at the coffee machine, then I ask", "three things I heard"),
    ("fix one bug that three customers wrote in about", "If the queue is empty, then I open the code", "the merged change"),
    ("shadow the release on Wednesday", "If the release starts, then I watch and ask", "my questions, answered"),
    ("put a price on two more designers", "If it is Monday at ten, then I open the sheet", "one figure with a reason"),
    ("ask for the budget in one sentence", "If the one-to-one begins, then I say it first", "a yes, a no, or a date"),
    ("cut the monthly report by one page", "If a table has no reader, then I take it out", "the shorter report"),
    ("explain the margin to somebody from design", "If we have lunch on Thursday, then I draw it", "their drawing of it"),
    ("draw how a request travels behind my screen", "If I finish a ticket, then I add one box", "the drawing"),
    ("ask for a review from another team", "If my change is ready on Tuesday, then I send it to them", "their comments"),
    ("have the talk I have put off since January", "If it is Thursday at two, then I start with the point", "a second date"),
    ("give feedback within a day, three times", "If a meeting ends, then I stay for two minutes", "three short notes"),
    ("count how many readers come back after a week", "If the numbers arrive on Monday, then I look at one", "the number"),
    ("drop one series that nobody reads", "If it has fewer than fifty readers, then I stop it", "the last issue"),
    ("run the stand-up in fifteen minutes all week", "If ten minutes are over, then I park the topic", "five short stand-ups"),
    ("split the checkout work so that two can start", "If planning opens, then I bring the two halves", "two tickets"),
    ("write up what five customers asked for", "If a call ends, then I write two lines", "the list, sorted"),
    ("spend an hour with the product team's board", "If it is Friday at eleven, then I sit with Bo", "three cards I would move"),
    ("answer one request with a yes and a condition", "If I want to write no, then I write what would help", "the answer"),
    ("tell the story of one attack without a slide", "If the team lunch starts, then I tell it", "who asked what"),
    ("explain the model with a pencil", "If somebody asks why, then I draw three boxes", "a photo of the paper"),
    ("speak up once in each meeting of the week", "If ten minutes have gone by, then I ask my question", "a tally"),
    ("work out the sample size before the next test", "If I open a new test, then I compute first", "the sheet"),
    ("end one test that will never tell us anything", "If it ran for four weeks, then I stop it", "what we learned instead"),
    ("be at the kick-off and ask two questions", "If an invitation comes, then I accept at once", "the two questions"),
    ("read one contract with the product manager", "If we meet on Wednesday, then we read page one", "her remarks on it"),
    ("hand the shift plan to the new coordinator", "If it is Monday morning, then she opens the plan", "her first week"),
    ("leave at five on two days", "If the bell of the school rings, then I close the lid", "two evenings"),
    ("ask each report what I should know and don't", "If a one-to-one ends, then I ask and wait", "five answers"),
    ("keep the last ten minutes of reviews silent", "If everybody has spoken, then I only write", "my notes"),
)  # fmt: skip
"""What somebody will do, when it starts, and what shows that it is done."""
PROMISES = tuple(
    Promise(will, cue, shows, sure=7 + place % 3, seen_by="Only me" if place % 5 == 2 else "My circle")
    for place, (will, cue, shows) in enumerate(LINES)
)

ANSWERS = (
    "Moved the hard conversation from my head into the calendar. Thursday, two o'clock.",
    "Half of it done. The second half turned out to be somebody else's, and they were glad to be asked.",
    "I kept tidying the slides instead of asking for the decision. Smallest step: send the question without slides.",
    "A quiet week. Read the notes of our last session twice and found one sentence I had not heard.",
    "Showed the draft early, ugly as it was. Two people saved me a week.",
    "Said no once, kindly, and nothing broke.",
    "Three calls, one surprise: nobody uses the button I am proudest of.",
    "Handed over the rota. It hurt for a day, then it was quiet.",
    "Asked for help before I was stuck, for the first time this year.",
    "Not much. I know why now: I put it on a day that belongs to others.",
    "Wrote one page by hand. The second half says what I really think.",
)
HELP = (
    "a second pair of eyes on a plan", "", "", "somebody who has run a pilot before", "", "", "half an hour to rehearse",
    "", "", "a template for a handover", "",
)  # fmt: skip


def promises_of(number: int) -> tuple[Promise, Promise]:
    """The two of the member with this number; nobody has another's before everybody has theirs."""
    first = 2 * number % len(PROMISES)
    return PROMISES[first], PROMISES[first + 1]
