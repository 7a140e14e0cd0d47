"""Papers in; which of their findings name a child or family, and the same study with that masked out."""

from lscb_textmine.personal.finding import find_personal
from lscb_textmine.personal.flags import flag_paper
from lscb_textmine.personal.masking import mask_study
from lscb_textmine.personal.spans import PersonalSpan

__all__ = ["PersonalSpan", "find_personal", "flag_paper", "mask_study"]
