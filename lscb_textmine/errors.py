"""The errors a caller may catch.

TextmineError
├── ReadError        a paper cannot be read; names the file, the reason and what to do
│   └── PasswordError    it is encrypted
├── InputError       the arguments, a manifest or a table of statements are not usable
├── OutputError      a result cannot be written
└── ModelError       a model is missing, damaged or of another version
"""


class TextmineError(Exception):
    """Base of all errors of this package; the message is one sentence for the user."""


class ReadError(TextmineError):
    """A paper cannot be read."""


class PasswordError(ReadError):
    """A paper is encrypted and no password is known."""


class InputError(TextmineError):
    """What the user gave cannot be used: arguments, a manifest, a table of statements."""


class OutputError(TextmineError):
    """A result cannot be written."""


class ModelError(TextmineError):
    """A model is missing, damaged or was made by another version."""
