"""The pages of the public site."""

from cms.models.cities import CityIndexPage, CityPage
from cms.models.content import ContentPage, FaqPage, IndexPage, StandardPage
from cms.models.guides import ChapterPage, GuideIndexPage, GuidePage
from cms.models.help import HelpIndexPage, HelpPage
from cms.models.home import HomePage
from cms.models.library import (
    CurriculumPage,
    LibraryIndexPage,
    LibraryPage,
    PublicationPage,
    RecommendationPage,
    StrategyPage,
)
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.operator import Operator

INDEXES = [CityIndexPage, GuideIndexPage, LibraryIndexPage, NewsIndexPage, HelpIndexPage]
LIBRARY = [StrategyPage, RecommendationPage, CurriculumPage, PublicationPage]
CONTENT_PAGES = [StandardPage, FaqPage, CityPage, GuidePage, ChapterPage, *LIBRARY, NewsPage, HelpPage]

__all__ = [
    "CONTENT_PAGES",
    "INDEXES",
    "LIBRARY",
    "ChapterPage",
    "CityIndexPage",
    "CityPage",
    "ContentPage",
    "CurriculumPage",
    "FaqPage",
    "GuideIndexPage",
    "GuidePage",
    "HelpIndexPage",
    "HelpPage",
    "HomePage",
    "IndexPage",
    "LibraryIndexPage",
    "LibraryPage",
    "NewsIndexPage",
    "NewsPage",
    "Operator",
    "PublicationPage",
    "RecommendationPage",
    "StandardPage",
    "StrategyPage",
]
