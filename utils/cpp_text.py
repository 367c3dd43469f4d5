"""A small reader of C++ text: what is comment, what is literal, what is code."""

import re

TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<raw>R"(?P<mark>[^\s()\\]*)\((?P<raw_text>.*?)\)(?P=mark)")'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<char>(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+')",
    re.DOTALL)
SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def code_only(text):
    """`text` with comments and literals blanked; positions stay the same."""
    return TOKEN.sub(lambda match: _blank(match.group()), text)


def without_comments(text):
    """`text` with comments blanked; positions stay the same."""
    return TOKEN.sub(lambda match: _blank(match.group())
                     if match.group("comment") else match.group(), text)


def value_of(match):
    """The characters that a string literal stands for."""
    if match.group("raw"):
        return match.group("raw_text")
    return re.sub(r"\\(.)", lambda escape: SIMPLE_ESCAPES.get(
        escape.group(1), escape.group(1)), match.group("string")[1:-1])


def strings(text, start, end):
    """String literals of a range of code, neighbours joined as C++ does."""
    result, last_end = [], None
    for match in TOKEN.finditer(text, start, end):
        if not match.group("string") and not match.group("raw"):
            continue
        value = value_of(match)
        if last_end is not None and not text[last_end:match.start()].strip():
            result[-1] += value
        else:
            result.append(value)
        last_end = match.end()
    return result


def statement_end(code, start):
    """End of the statement or expression of `code` that holds `start`.

    `code` comes from code_only(). Ends at a semicolon or a brace, or where the
    parenthesis around the expression closes.
    """
    depth = 0
    for position in range(start, len(code)):
        character = code[position]
        if character in "([{":
            if character == "{" and depth == 0:
                return position
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                return position
        elif character == ";" and depth == 0:
            return position
    return len(code)


def line_of(text, position):
    """Line number, from 1, of a position."""
    return text.count("\n", 0, position) + 1
