"""Reviewed workbooks in; the study with the reviewed labels first, and how far people and tool agree, out."""

from lscb_textmine.review.applying import apply_reviews
from lscb_textmine.review.opinions import Opinion, StatementReview
from lscb_textmine.review.rounds import ReviewRound, continue_reviews, review_workbooks, round_files
from lscb_textmine.review.telling import carried_lines, round_lines, round_to_json

__all__ = [
    "Opinion",
    "ReviewRound",
    "StatementReview",
    "apply_reviews",
    "carried_lines",
    "continue_reviews",
    "review_workbooks",
    "round_files",
    "round_lines",
    "round_to_json",
]
