"""The people that a new workspace starts with, as plain data.

`season`: a company of 24 people who take part in mentoring, a lead from People Ops and an administrator, in several
zones and departments. `empty`: six people and nothing else.
"""

from dataclasses import dataclass, field

from bot.sandbox.model import User
from bot.sandbox.workspace import COLORS, Workspace

LEAD, ADMIN = "Miriam Okafor", "Tomas Reyes"


@dataclass(frozen=True)
class Newcomer:
    name: str
    real_name: str
    tz: str
    title: str
    department: str
    location: str
    manager: str = ""  # real name of a colleague here; empty when the manager has no account
    seniority: str = "mid"  # junior, mid, senior, lead, executive
    offers: dict[str, int] = field(default_factory=dict)  # skill → level 1 to 5
    wants: dict[str, int] = field(default_factory=dict)  # skill → priority 1 to 3, 3 the most wanted
    goals: str = ""
    languages: tuple[str, ...] = ("English",)
    interests: tuple[str, ...] = ()
    is_admin: bool = False


BERLIN, LONDON, LISBON = "Europe/Berlin", "Europe/London", "Europe/Lisbon"
NEW_YORK, CHICAGO, PACIFIC = "America/New_York", "America/Chicago", "America/Los_Angeles"
SAO_PAULO, KOLKATA, TOKYO = "America/Sao_Paulo", "Asia/Kolkata", "Asia/Tokyo"
WEST_AFRICA, EAST_AFRICA = "Africa/Lagos", "Africa/Nairobi"

STAFF: tuple[Newcomer, ...] = (
    Newcomer(
        "miriam", LEAD, BERLIN, "Head of People Development", "People Ops", "Berlin",
        seniority="lead",
        offers={"facilitation": 5, "career planning": 4, "coaching": 5},
        wants={"data analysis": 2},
        goals="Have every circle still meeting in June, and know which of them need help.",
        languages=("English", "German"),
        interests=("choir singing", "allotment gardening"),
    ),
    Newcomer(
        "tomas", ADMIN, LONDON, "Workplace Systems Administrator", "IT", "London",
        seniority="senior",
        offers={"automation": 4}, wants={"stakeholder management": 1},
        goals="Keep the tools out of everybody's way.",
        languages=("English", "Spanish"), interests=("climbing",), is_admin=True,
    ),
)  # fmt: skip

MEMBERS: tuple[Newcomer, ...] = (
    Newcomer(
        "ana", "Ana Keller", BERLIN, "Backend Engineer", "Engineering", "Berlin",
        manager="Ravi Deshpande", seniority="mid",
        offers={"python": 4, "testing": 4, "code review": 3},
        wants={"public speaking": 3, "system design": 2},
        goals="Give my first conference talk before the summer.",
        languages=("English", "German"), interests=("bouldering", "sourdough"),
    ),
    Newcomer(
        "bo", "Bo Lindqvist", BERLIN, "Product Manager", "Product", "Berlin",
        manager="Omar Haddad", seniority="senior",
        offers={"roadmapping": 5, "user research": 4, "negotiation": 3},
        wants={"leading leads": 3, "sql": 1},
        goals="Learn to lead people who lead others.",
        languages=("English", "Swedish"), interests=("sailing", "chess"),
    ),
    Newcomer(
        "priya", "Priya Raman", KOLKATA, "Data Scientist", "Data", "Bengaluru",
        seniority="senior",
        offers={"data analysis": 5, "statistics": 5, "sql": 4},
        wants={"stakeholder management": 3, "public speaking": 2},
        goals="Be heard by the board when the numbers say something uncomfortable.",
        languages=("English", "Tamil", "Hindi"), interests=("carnatic music", "running"),
    ),
    Newcomer(
        "kenji", "Kenji Watanabe", TOKYO, "Site Reliability Engineer", "Engineering", "Tokyo",
        seniority="senior",
        offers={"incident response": 5, "automation": 5, "system design": 4},
        wants={"coaching": 2, "writing": 3},
        goals="Write down what I know, so that nights no longer depend on me.",
        languages=("English", "Japanese"), interests=("trail running", "coffee"),
    ),
    Newcomer(
        "fatima", "Fatima El-Sayed", LONDON, "Account Executive", "Sales", "London",
        manager="Amara Nwosu", seniority="mid",
        offers={"negotiation": 5, "storytelling": 4},
        wants={"career planning": 3, "data analysis": 1},
        goals="Decide whether I want to lead a team or stay with customers.",
        languages=("English", "Arabic"), interests=("photography", "cooking"),
    ),
    Newcomer(
        "liam", "Liam O'Connor", LONDON, "Support Engineer", "Support", "Dublin",
        manager="Amara Nwosu", seniority="junior",
        offers={"customer empathy": 4, "writing": 3},
        wants={"python": 3, "automation": 2},
        goals="Move from answering tickets to fixing what causes them.",
        languages=("English", "Irish"), interests=("hurling", "board games"),
    ),
    Newcomer(
        "sofia", "Sofia Marquez", NEW_YORK, "Design Lead", "Design", "New York",
        manager="Omar Haddad", seniority="lead",
        offers={"product design": 5, "coaching": 4, "giving feedback": 5},
        wants={"finance basics": 2, "negotiation": 3},
        goals="Make the case for two more designers, in numbers.",
        languages=("English", "Spanish"), interests=("ceramics", "salsa"),
    ),
    Newcomer(
        "marcus", "Marcus Johnson", NEW_YORK, "Finance Analyst", "Finance", "New York",
        manager="Wanjiru Kamau", seniority="mid",
        offers={"finance basics": 5, "spreadsheets": 5},
        wants={"public speaking": 2, "sql": 3},
        goals="Replace the monthly report that takes me three days.",
        interests=("basketball", "jazz"),
    ),
    Newcomer(
        "yuki", "Yuki Tanaka", TOKYO, "Mobile Engineer", "Engineering", "Osaka",
        manager="Kenji Watanabe", seniority="junior",
        offers={"mobile development": 3, "accessibility": 3},
        wants={"system design": 3, "code review": 2},
        goals="Understand how the pieces behind my screen fit together.",
        languages=("English", "Japanese"), interests=("drawing", "cycling"),
    ),
    Newcomer(
        "ravi", "Ravi Deshpande", KOLKATA, "Engineering Manager", "Engineering", "Pune",
        seniority="lead",
        offers={"leading a team": 4, "system design": 4, "hiring": 5},
        wants={"giving feedback": 3, "coaching": 3},
        goals="Have the hard conversations earlier than I do now.",
        languages=("English", "Marathi", "Hindi"), interests=("cricket", "astronomy"),
    ),
    Newcomer(
        "chloe", "Chloé Martin", BERLIN, "Content Strategist", "Marketing", "Paris",
        seniority="mid",
        offers={"writing": 5, "storytelling": 5},
        wants={"data analysis": 3, "roadmapping": 1},
        goals="Show what our content brings, without guessing.",
        languages=("English", "French"), interests=("theatre", "swimming"),
    ),
    Newcomer(
        "diego", "Diego Fernandes", SAO_PAULO, "Full-stack Engineer", "Engineering", "São Paulo",
        manager="Ravi Deshpande", seniority="mid",
        offers={"javascript": 5, "accessibility": 4},
        wants={"leading a team": 3, "writing": 1},
        goals="Be ready to lead the checkout team next year.",
        languages=("English", "Portuguese"), interests=("football", "surfing"),
    ),
    Newcomer(
        "amara", "Amara Nwosu", WEST_AFRICA, "Customer Success Manager", "Sales", "Lagos",
        seniority="senior",
        offers={"stakeholder management": 5, "customer empathy": 5},
        wants={"product strategy": 3, "leading a team": 2},
        goals="Move into product with what I know about customers.",
        languages=("English", "Igbo"), interests=("fashion", "afrobeats"),
    ),
    Newcomer(
        "nils", "Nils Haugen", BERLIN, "Security Engineer", "IT", "Oslo",
        seniority="senior",
        offers={"security": 5, "incident response": 4},
        wants={"storytelling": 3, "stakeholder management": 2},
        goals="Stop being the one who only says no.",
        languages=("English", "Norwegian"), interests=("skiing", "woodwork"),
    ),
    Newcomer(
        "mei", "Mei-Ling Chen", PACIFIC, "Machine Learning Engineer", "Data", "San Francisco",
        manager="Priya Raman", seniority="mid",
        offers={"machine learning": 5, "python": 5},
        wants={"career planning": 2, "public speaking": 3},
        goals="Explain models so that people trust them for the right reasons.",
        languages=("English", "Mandarin"), interests=("piano", "hiking"),
    ),
    Newcomer(
        "jack", "Jack Thompson", PACIFIC, "Growth Marketer", "Marketing", "Seattle",
        manager="Chloé Martin", seniority="junior",
        offers={"experimentation": 3, "spreadsheets": 3},
        wants={"statistics": 3, "writing": 2},
        goals="Run tests that would convince a statistician.",
        interests=("kayaking", "vinyl"),
    ),
    Newcomer(
        "zainab", "Zainab Hussain", LONDON, "Legal Counsel", "Legal", "Manchester",
        seniority="senior",
        offers={"negotiation": 4, "writing": 4, "risk": 5},
        wants={"coaching": 2, "product strategy": 3},
        goals="Be asked at the start of a project, not at the end.",
        languages=("English", "Urdu"), interests=("baking", "crosswords"),
    ),
    Newcomer(
        "luca", "Luca Moretti", BERLIN, "UX Researcher", "Design", "Milan",
        manager="Sofia Marquez", seniority="mid",
        offers={"user research": 5, "facilitation": 4},
        wants={"statistics": 2, "product strategy": 3},
        goals="Bring research to decisions before they are made.",
        languages=("English", "Italian"), interests=("cinema", "bicycles"),
    ),
    Newcomer(
        "wanjiru", "Wanjiru Kamau", EAST_AFRICA, "Operations Manager", "Operations", "Nairobi",
        seniority="lead",
        offers={"process design": 5, "leading a team": 5, "hiring": 3},
        wants={"finance basics": 3, "automation": 2},
        goals="Open the second hub without burning out the first.",
        languages=("English", "Swahili"), interests=("running", "beekeeping"),
    ),
    Newcomer(
        "emma", "Emma Schneider", BERLIN, "People Partner", "People Ops", "Hamburg",
        manager=LEAD, seniority="mid",
        offers={"hiring": 4, "giving feedback": 4, "career planning": 4},
        wants={"data analysis": 3, "negotiation": 2},
        goals="Back my advice with evidence.",
        languages=("English", "German"), interests=("rowing", "knitting"),
    ),
    Newcomer(
        "arjun", "Arjun Patel", NEW_YORK, "Platform Engineer", "Engineering", "Boston",
        manager="Ravi Deshpande", seniority="senior",
        offers={"system design": 5, "python": 4, "code review": 5},
        wants={"giving feedback": 2, "leading a team": 3},
        goals="Find out whether management is for me before I take the job.",
        languages=("English", "Gujarati"), interests=("squash", "woodwork"),
    ),
    Newcomer(
        "tara", "Tara McAllister", CHICAGO, "Sales Engineer", "Sales", "Chicago",
        manager="Amara Nwosu", seniority="mid",
        offers={"public speaking": 5, "storytelling": 4},
        wants={"machine learning": 2, "roadmapping": 3},
        goals="Turn what I hear in demos into features.",
        interests=("improv theatre", "dogs"),
    ),
    Newcomer(
        "beatriz", "Beatriz Sousa", LISBON, "Product Analyst", "Data", "Lisbon",
        manager="Priya Raman", seniority="junior",
        offers={"sql": 4, "spreadsheets": 4},
        wants={"machine learning": 3, "career planning": 2},
        goals="Find my way from reports to models.",
        languages=("English", "Portuguese"), interests=("surfing", "fado"),
    ),
    Newcomer(
        "omar", "Omar Haddad", LONDON, "Product Director", "Product", "London",
        seniority="executive",
        offers={"product strategy": 5, "leading leads": 5, "public speaking": 4},
        wants={"giving feedback": 1, "machine learning": 2},
        goals="Pass on what I learned the hard way, and hear what I no longer hear.",
        languages=("English", "Arabic", "French"), interests=("tennis", "history"),
    ),
)  # fmt: skip

PEOPLE: tuple[Newcomer, ...] = (*STAFF, *MEMBERS)
EMPTY: tuple[Newcomer, ...] = (*STAFF, *MEMBERS[:4])
STAND_UP_BOT = ("standup", "Stand-up")


def fill(workspace: Workspace, seed: str) -> None:
    """Lets the people of the seed move in, with #general and #mentoring."""
    users = [_move_in(workspace, newcomer) for newcomer in (EMPTY if seed == "empty" else PEOPLE)]
    workspace.add_user(*STAND_UP_BOT, is_bot=True)
    everybody = [user.id for user in users]
    admin = next(user.id for user in users if user.is_admin)
    general = workspace.add_channel("general", "channel", creator=admin, members=everybody)
    general.is_general = True
    general.purpose = "Announcements for the whole company"
    mentoring = workspace.add_channel("mentoring", "channel", creator=users[0].id, members=everybody)
    mentoring.topic = "Circles, hot seats and everything around them"
    for user in users:
        workspace.direct([user.id, workspace.bot.id])


def _move_in(workspace: Workspace, newcomer: Newcomer) -> User:
    return workspace.add_user(
        newcomer.name,
        newcomer.real_name,
        title=newcomer.title,
        tz=newcomer.tz,
        is_admin=newcomer.is_admin,
        color=COLORS[len(workspace.users) % len(COLORS)],
    )
