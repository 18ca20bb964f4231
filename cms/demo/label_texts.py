"""What the people of the demo write in their applications, reviews and reports; levels in the order of the criteria."""


def _levels(text: str) -> list[int]:
    return [int(level) for level in text.split()]


LEVELS = {
    "neris-makers": (
        _levels("4 3 4 3  3 3 3 3 3  4 3 3 3  4 3 3 3  3 3 3 3  3 3 4 3"),
        _levels("3 3 4 3  3 4 3 3 3  3 3 3 3  4 3 3 4  3 3 3 2  3 3 3 3"),
    ),
    "dunavska-ucionica": (
        _levels("3 3 3 2  3 3 2 3 2  3 3 2 3  3 2 3 3  2 3 2 3  3 2 2 2"),
        _levels("3 3 3 3  3 3 2 2 3  3 3 2 3  3 3 2 3  2 3 2 3  3 3 2 2"),
    ),
    "groene-fietsacademie": (
        _levels("3 4 3 3  4 4 3 3 3  3 3 3 3  3 3 3 3  2 3 3 3  3 3 3 3"),
        _levels("2 2 3 1  2 2 3 2 1  3 2 1 3  3 2 2 2  1 1 1 2  3 1 2 1"),
    ),
    "laguna-aperta": (
        _levels("2 1 2 1  2 2 3 3 2  3 2 2 2  3 3 3 4  1 2 2 1  3 1 1 1"),
        _levels("2 2 2 1  1 2 2 3 2  3 2 1 2  3 3 2 3  1 2 2 1  2 1 2 1"),
    ),
    "taller-mar-oberta": (
        _levels("3 3 3 2  3 3 3 3 2  3 3 3 3  3 3 3 3  3 3 2 3  3 3 3 3"),
        _levels("3 3 3 3  3 3 3 2 2  3 3 3 2  3 3 3 3  3 2 3 3  3 3 3 2"),
    ),
    "zmajska-delavnica": (_levels("3 2 3 2  3 3 2 3 3"), []),
}
TALKED = {"laguna-aperta": {"B3": 2, "F1": 2}}

EVIDENCE = [  # title, criteria, path on the organiser's own site
    ("Pages of our badges with criteria and who judges", ["A1", "A2", "A3"], "badges"),
    ("The checklist that everybody uses at the table, with the rule on own work", ["B1", "B2", "B3"], "checklist"),
    ("How badges are verified, corrected and taken back", ["C1", "C2", "C3"], "verify"),
    ("Privacy notice for learners and their parents", ["C4"], "privacy"),
    ("Who is responsible, who stands in, and how we hand over", ["F1", "F2"], "roles"),
    ("Plan for three years as agreed in the assembly", ["F3"], "plan"),
]
CONTEXT = {
    "learners": "Young people from fourteen on, families, and adults who want to learn something useful for every day.",
    "languages": "The language of the city, and English where somebody needs it.",
    "numbers": "Five badges and some thirty awards in a season.",
    "minors": "yes",
    "partners": "The city library, two schools, and a network of volunteers in the neighbourhood.",
}
POINTS = {
    "strengths": [
        "Everybody judges with the same checklist, and talks about the odd cases afterwards.",
        "Learners know before they begin what it takes and who judges.",
        "Badges verify, and mistakes are corrected within a week.",
    ],
    "gaps": [
        "Few readers outside the neighbourhood know what the badges stand for.",
        "We collect figures, but talk about them too seldom.",
        "Not every badge has been looked at again since it was made.",
    ],
}
PLAN = [  # `date` is month and day of the next year
    {
        "criterion": "E1",
        "gap": "Few readers outside know our badges.",
        "action": "Visit five employers and two schools, and ask what proof would help them.",
        "date": "03-31",
        "sign": "Two of them name the badge in what they publish.",
    },
    {
        "criterion": "F2",
        "gap": "Figures are not discussed.",
        "action": "Talk about awards, time and complaints in the assembly each spring.",
        "date": "05-15",
        "sign": "Minutes with at least one conclusion.",
    },
    {
        "criterion": "F4",
        "gap": "Badges are not looked at again.",
        "action": "Review each badge every two years, beginning with the oldest.",
        "date": "09-30",
        "sign": "A calendar, and notes on what changed.",
    },
]
QUESTIONS = {
    "B5": "How do learners know what is allowed in group work and with AI tools, and where can one read it?",
    "C4": "For how long do you keep what learners hand in, and who deletes it?",
}
AREAS = {
    "A": "The badges say what they are for and what one has to do. Skill references are there; some could fit better.",
    "B": "Evidence is asked for and looked at with a written standard. The file shows how it is used.",
    "C": "The sampled awards verify, and the profile names who stands behind them.",
    "D": "Learners know before they begin what it takes. Their voice is heard, and some changes can be traced to it.",
    "E": "Partners are there; what they do with the badges is documented in part.",
    "F": "Responsible people are named and trained. The plan starts from the gaps that the organiser sees itself.",
}
WISHES = [
    "Name for each badge who is meant to find it useful, and ask two of these readers whether they do.",
    "Let a second person judge one award in ten, and talk about where the two differed.",
    "Discuss the figures once a year, and write down what follows from them.",
]

OVERLOOKED = (
    "Evidence 2 is our checklist with the rule that nobody judges their own work. It was in the file from day 0, and "
    "the reason given for B3 says that there is no such rule. We ask that somebody else reads it."
)
LOOKED_AT = (
    "We read the checklist. It names the rule, and no date since when it is in use; the three judgements of the sample "
    "that we saw were signed by one person alone."
)
NOT_ALL = (
    "The rule stands on page 2, with the day on which the team agreed on it. Two of the three judgements are older."
)
CHANGED = "Two people left and one came; the winter workshop is new, and its badge asks for a finished piece."
ACHIEVED = "Two of the three actions are done: the yearly talk took place, and its minutes are in the evidence."
