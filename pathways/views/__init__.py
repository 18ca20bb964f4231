"""The pages of learning: for everybody, for the learner, and for the organiser's reviewers and authors."""

from pathways.views.pages import activity_page, learning_index, playlist_page, section_page

__all__ = ["activity_page", "learning_index", "playlist_page", "section_page"]
