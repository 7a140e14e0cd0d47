"""Words seen on a picture, and the picture, in; the ink that no word accounts for looked at once more: all words out.

tesseract passes over single figures and short words that stand alone, as in the cells of a table. In lines it reads
them: so the pieces that are left are set out anew, each after a word that was surely seen, and the words in them put
back where they stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.fills import areas_of
from lscb_textmine.read.straight import find_ink
from lscb_textmine.read.tesseract import ONE_BLOCK, Seen, SeenLine, Tesseract, see_words

if TYPE_CHECKING:
    from PIL.Image import Image

SQUARE = 16
LEAST_INK = 60
"""Dots of ink that make a piece: half a small figure."""
LOWEST, HIGHEST = 14, 110
"""Dots that a piece is high: letters of 6 to 36 points."""
MOST_PIECES = 200
"""Pieces beyond which they are a drawing's and not left-out words."""
SHORT, DOUBTFUL = 4, 88
"""Letters up to which a word that stands alone is read again when the confidence in it is below this."""
UNSURE = 50
"""Confidence below which any word is read again."""
SURE = 60
"""Confidence from which a word found at the second look is believed."""
EDGE, GAP, STEP, WIDTH = 4, 50, 160, 2400
"""Dots: round a word's box, between the pieces set out anew, from line to line of them, and of their lines."""


class Piece(NamedTuple):
    """Ink that belongs to no word: its box in the picture, and the left end of its foot where it is set out anew."""

    left: int
    top: int
    right: int
    bottom: int
    x: int = 0
    y: int = 0


def see_all_words(picture: Image, tesseract: Tesseract) -> tuple[Seen, ...]:
    """The words on a picture in reading order, those of a second look among them. Raises TesseractError."""
    seen = see_words(picture, tesseract)
    sure = [each for each in seen if not is_doubtful(each, seen)]
    rest = without_words(picture, sure)
    pieces = [piece for piece in find_pieces(rest) if not _is_splinter(piece, sure)]
    if not sure or not pieces or len(pieces) > MOST_PIECES:
        return seen
    reach = sorted(each.line.reach for each in sure)[len(sure) // 2]
    pieces, sheet = set_out(rest, pieces, picture.crop(_surest(sure, reach)))
    again = [each for each in see_words(sheet, tesseract, layout=ONE_BLOCK) if each.sure >= SURE]
    read = (_put_back(i, piece, again, reach) for i, piece in enumerate(pieces))
    found = [word for word in read if word is not None]
    return put_among([each for each in seen if not any(_overlap(each, other) for other in found)], found)


def share_unseen(picture: Image, seen: Sequence[Seen]) -> float:
    """The share of what is printed in the size of letters that no word accounts for, 0 to 1."""
    left = sum(_area(piece) for piece in find_pieces(without_words(picture, seen)))
    taken = sum(_area(word) for word in seen)
    return left / (left + taken) if left else 0.0


def _area(box: Piece | Seen) -> int:
    return (box.right - box.left) * (box.bottom - box.top)


def is_doubtful(word: Seen, seen: Sequence[Seen]) -> bool:
    """Whether a word has no letter, was badly seen, or is short, stands alone and was not surely seen."""
    if not any(map(str.isalnum, word.text)) or word.sure < UNSURE:
        return True
    if len(word.text) > SHORT or word.sure >= DOUBTFUL:
        return False
    near = word.line.reach
    return not any(
        other is not word
        and other.line is word.line
        and word.left - near < other.right
        and other.left < word.right + near
        for other in seen
    )


def _overlap(word: Seen, other: Seen) -> bool:
    return word.left < other.right and other.left < word.right and word.top < other.bottom and other.top < word.bottom


def without_words(picture: Image, seen: Sequence[Seen]) -> Image:
    """The picture with white paper where words were seen."""
    import numpy
    from PIL import Image

    dots = numpy.array(picture)
    for each in seen:
        dots[max(0, each.top - EDGE) : each.bottom + EDGE, max(0, each.left - EDGE) : each.right + EDGE] = 255
    return Image.fromarray(dots)


def find_pieces(picture: Image) -> list[Piece]:
    """What is printed on a picture, in pieces as large as words."""
    import numpy

    dark = find_ink(picture)
    down, across = dark.shape[0] // SQUARE, dark.shape[1] // SQUARE
    squares = dark[: down * SQUARE, : across * SQUARE].reshape(down, SQUARE, across, SQUARE).sum(axis=(1, 3)) > 8
    pieces: list[Piece] = []
    for left, top, right, bottom, _ in sorted(areas_of(squares), key=lambda area: (area[1], area[0])):
        box = dark[top * SQUARE : bottom * SQUARE, left * SQUARE : right * SQUARE]
        rows, columns = (numpy.nonzero(box.sum(axis=axis) > 1)[0] for axis in (1, 0))
        if box.sum() < LEAST_INK or not LOWEST <= len(rows) <= HIGHEST or not 2 < len(columns) < WIDTH // 2:
            continue
        across, down = left * SQUARE, top * SQUARE
        pieces.append(
            Piece(
                across + int(columns[0]), down + int(rows[0]), across + int(columns[-1]) + 1, down + int(rows[-1]) + 1
            )
        )
    return pieces


def _is_splinter(piece: Piece, seen: Sequence[Seen]) -> bool:
    """Whether a piece stands so close to a word that it is a part of its letters."""
    near = 2 * EDGE
    return any(
        piece.left - near < each.right
        and each.left < piece.right + near
        and piece.top < each.bottom
        and each.top < piece.bottom
        for each in seen
    )


def _surest(seen: Sequence[Seen], reach: float) -> tuple[int, int, int, int]:
    """The box of the word that tesseract is surest of, of the usual size and standing on its base line."""
    plain = [
        each for each in seen if each.text.isalpha() and 3 < len(each.text) < 9 and not set(each.text) & set("gjpqyQJ")
    ]
    best = max(plain or seen, key=lambda each: (abs(each.line.reach - reach) < 0.1 * reach, each.sure))
    return best.left, best.top, best.right, best.bottom


def set_out(picture: Image, pieces: Sequence[Piece], word: Image) -> tuple[list[Piece], Image]:
    """The pieces with their places on a sheet of their own, in lines, each after the picture of a word; the sheet."""
    from PIL import Image

    placed: list[Piece] = []
    x, y = GAP, STEP
    for piece in pieces:
        wide = piece.right - piece.left
        if x + word.width + wide + 2 * GAP > WIDTH:
            x, y = GAP, y + STEP
        placed.append(piece._replace(x=x + word.width + GAP // 2, y=y))
        x += word.width + wide + GAP
    sheet = Image.new("L", (WIDTH, y + STEP), 255)
    for piece in placed:
        sheet.paste(word, (piece.x - word.width - GAP // 2, piece.y - word.height))
        crop = picture.crop((piece.left - EDGE, piece.top - EDGE, piece.right + EDGE, piece.bottom + EDGE))
        sheet.paste(crop, (piece.x - EDGE, piece.y - (piece.bottom - piece.top) - EDGE))
    return placed, sheet


def _put_back(number: int, piece: Piece, seen: Sequence[Seen], reach: float) -> Seen | None:
    """The word that a piece was read as, where it stood; None when it was read as none."""
    right, top = piece.x + piece.right - piece.left, piece.y - (piece.bottom - piece.top)
    inside = [
        each
        for each in seen
        if piece.x - EDGE <= (each.left + each.right) / 2 <= right + EDGE
        and top - EDGE <= (each.top + each.bottom) / 2 <= piece.y + EDGE
    ]
    text = " ".join(each.text for each in inside)
    if not any(map(str.isalnum, text)):
        return None
    line = SeenLine(-1 - number, -1 - number, piece.left, piece.bottom, 0.0, 0.0, reach)
    return Seen(text, *piece[:4], min(each.sure for each in inside), line)


def put_among(seen: Sequence[Seen], more: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words with further ones where they are read: after the word to the left, else before that to the right,
    else before the first that stands lower."""
    words = list(seen)
    for word in more:
        level = [i for i, each in enumerate(words) if each.top < (word.top + word.bottom) / 2 < each.bottom]
        before = [i for i in level if words[i].right <= word.left + EDGE]
        after = [i for i in level if words[i].left >= word.right - EDGE]
        if before:
            at = max(before, key=lambda i: words[i].right) + 1
        elif after:
            at = min(after, key=lambda i: words[i].left)
        else:
            at = next((i for i, each in enumerate(words) if each.top >= word.bottom), len(words))
        words.insert(at, word)
    return tuple(words)
