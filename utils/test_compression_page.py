"""Tests of the page about compression, without the tool."""

import unittest

import compression_page
from compression_page import agrees, quantity, scheme_list, section

INT8 = {"scheme": "int8", "description": "8 bits", "model": "digits",
        "metric": "top1", "samples": 360,
        "float_accuracy": 0.9917, "accuracy": 0.9889, "crossbars": 1045,
        "weights": 100, "weight_bits": 825, "latency_ps": 191_400_000,
        "energy_fj": 293_000_000_000, "pareto": True}
FLOAT = {"scheme": "float", "description": "floats", "model": "digits",
         "pareto": False, "error": "no core holds floats"}


class CompressionPageTest(unittest.TestCase):
    def test_quantities_have_three_digits(self):
        for value, text in ((1.914e-4, "191 us"), (2.93e-4, "293 uJ"),
                            (1e-6, "1.00 us"), (9.9999e-4, "1.00 ms"),
                            (1.234e-5, "12.3 us"), (0, "0.00 s"),
                            (1.5, "1.50 s")):
            self.assertEqual(quantity(value, text[-1]), text)

    def test_section(self):
        self.assertEqual(section([FLOAT, INT8]), """\
## digits

Images whose class is found on 360 samples, of which more is better; 99.17 % in floats.

| scheme | top1 | crossbars | bits of a weight | latency | energy | front |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| float | none |  |  |  |  |  |
| int8 | 98.89 % | 1,045 | 8.25 | 191 us | 293 uJ | * |

`float` cannot be compiled: no core holds floats.
""")

    def test_list_of_schemes(self):
        self.assertEqual(scheme_list([FLOAT, INT8]),
                         "- `float`: floats\n- `int8`: 8 bits\n")

    def test_perplexity_is_no_share(self):
        entry = {**INT8, "metric": "perplexity", "accuracy": 4.8123}
        self.assertIn("| int8 | 4.812 |", section([entry]))

    def check_agrees(self, expected, **changes):
        page = section([INT8])
        self.assertEqual(agrees(section([{**INT8, **changes}]), page), expected)

    def test_equal_pages_agree(self):
        self.check_agrees(True)

    def test_accuracy_may_differ_a_little_and_change_the_front(self):
        self.check_agrees(True, accuracy=0.9861)
        self.check_agrees(True, accuracy=0.9861, pareto=False)
        self.check_agrees(False, accuracy=0.9750)
        self.check_agrees(False, pareto=False)

    def test_all_else_must_be_equal(self):
        self.check_agrees(False, crossbars=1046)
        self.check_agrees(False, latency_ps=192_400_000)
        self.check_agrees(False, scheme="int4")
        self.check_agrees(False, samples=361)
        page = section([INT8])
        self.assertFalse(agrees(page + "\n", page))

    def test_both_models_are_there(self):
        for model in compression_page.MODELS:
            self.assertTrue((compression_page.ROOT / model).exists(), model)


if __name__ == "__main__":
    unittest.main()
