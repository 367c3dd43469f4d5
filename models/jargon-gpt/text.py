"""The text that jargon-gpt learns, as token identifiers."""

import gzip
import pathlib
import re
import unicodedata

import numpy

PACKAGE = "jargon-text"
VERSION = "4.4.7-4.1"
PATH = pathlib.Path("/usr/share/doc/jargon-text/jargon.txt.gz")

# A newline and the printable characters of ASCII, in this order.
ALPHABET = "\n" + "".join(chr(code) for code in range(32, 127))

# What the text writes in characters that ASCII lacks. Others, of which there
# are few besides the lines of tables, are left out.
SPELLINGS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2014": "--",
        "\u2022": "*",
        "\u2192": "->",
    }
)


class TextError(Exception):
    """The package of the text is not installed."""


def simplify(text):
    """`text` in the characters of ALPHABET: without accents, indentation and
    repeated blanks, and with at most one empty line between paragraphs."""
    text = unicodedata.normalize("NFKD", text.translate(SPELLINGS))
    text = "".join(letter for letter in text if letter in ALPHABET)
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def encode(text):
    """The index of each character in ALPHABET, int64."""
    indices = {letter: index for index, letter in enumerate(ALPHABET)}
    return numpy.array([indices[letter] for letter in text], numpy.int64)


def decode(tokens):
    return "".join(ALPHABET[token] for token in tokens)


def load(path=PATH):
    """The text as the package ships it, simplified."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return simplify(file.read())
    except FileNotFoundError:
        raise TextError(
            f"cannot find {path}; Debian's package {PACKAGE} has it: "
            f"apt-get install {PACKAGE}"
        ) from None
