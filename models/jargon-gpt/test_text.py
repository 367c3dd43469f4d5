"""Tests of the text that jargon-gpt learns."""

import gzip
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import text  # noqa: E402


class TextTest(unittest.TestCase):
    def test_keeps_plain_text(self):
        plain = "A hacker's {foo}, 1.\nSee also bar.\n"
        self.assertEqual(text.simplify(plain), plain)

    def test_writes_quotation_marks_and_accents_in_ascii(self):
        self.assertEqual(
            text.simplify("\u201cna\u00efve\u201d \u2014 it\u2019s\n"),
            '"naive" -- it\'s\n',
        )

    def test_leaves_out_what_ascii_lacks(self):
        self.assertEqual(text.simplify("a\u2500\u03c0b\n"), "ab\n")

    def test_keeps_one_empty_line_between_paragraphs(self):
        self.assertEqual(
            text.simplify("\n\n   a   b \n \n\n\n c\n\n"), "a b\n\nc\n"
        )

    def test_every_character_has_a_token(self):
        self.assertEqual(len(set(text.ALPHABET)), 96)
        tokens = text.encode(text.ALPHABET)
        self.assertEqual(tokens.tolist(), list(range(96)))
        self.assertEqual(text.decode(tokens), text.ALPHABET)

    def test_simplified_text_can_be_encoded(self):
        everything = "".join(chr(code) for code in range(0x2600))
        text.encode(text.simplify(everything))

    def test_reads_a_compressed_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "jargon.txt.gz"
            with gzip.open(path, "wt", encoding="utf-8") as file:
                file.write("   \u2018foo\u2019\n")
            self.assertEqual(text.load(path), "'foo'\n")

    def test_says_which_package_is_missing(self):
        with self.assertRaisesRegex(
            text.TextError, "no/such.gz; .* apt-get install jargon-text"
        ):
            text.load(pathlib.Path("no/such.gz"))


if __name__ == "__main__":
    unittest.main()
