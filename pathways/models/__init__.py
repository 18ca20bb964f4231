"""Pages that people learn from, and what learners did there."""

from pathways.models.activity import ActivityPage
from pathways.models.attempt import Attempt, QuizTry
from pathways.models.complaint import Complaint, organisers_heard_by
from pathways.models.dates import ActivityDate, Registration, date_ahead
from pathways.models.enrolment import Enrolment, PlaylistChange, PlaylistShape
from pathways.models.evidence import EvidenceItem, Judgement
from pathways.models.guest import Guest
from pathways.models.pages import LearningIndexPage, SectionPage
from pathways.models.peers import PeerReview, work_for
from pathways.models.plan import ActionPlan
from pathways.models.playlist import PlaylistPage, PlaylistStep
from pathways.models.prerequisites import Prerequisite, prerequisites_of
from pathways.models.question import Question
from pathways.models.reflection import Reflection
from pathways.models.roles import PageRole, at_places_of, places_of
from pathways.models.route import Route, Stop, lay_routes

__all__ = [
    "ActionPlan",
    "ActivityDate",
    "ActivityPage",
    "Attempt",
    "Complaint",
    "Enrolment",
    "EvidenceItem",
    "Guest",
    "Judgement",
    "LearningIndexPage",
    "PageRole",
    "PeerReview",
    "PlaylistChange",
    "PlaylistPage",
    "PlaylistShape",
    "PlaylistStep",
    "Prerequisite",
    "Question",
    "QuizTry",
    "Reflection",
    "Registration",
    "Route",
    "SectionPage",
    "Stop",
    "at_places_of",
    "date_ahead",
    "lay_routes",
    "organisers_heard_by",
    "places_of",
    "prerequisites_of",
    "work_for",
]
