"""A study in; the ledger of its folder out, and back."""

from lscb_textmine.store.ledger import LEDGER, Entry, load_study, study_to_ledger

__all__ = ["LEDGER", "Entry", "load_study", "study_to_ledger"]
