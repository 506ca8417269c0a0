"""Section 6 of the Law School Admission Test: 1,000 people, five items, as published.

Frequencies: Bock and Lieberman (1970), Psychometrika 35, 179–197, table 1; Thissen (1982), Psychometrika 47, 175–186.
"""

from __future__ import annotations

import numpy as np

from lms.quizzes.analysis.responses import Matrix

FREQUENCIES = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip

# Marginal maximum likelihood. Rasch with a common slope: Thissen (1982), table 1; the unit here is the slope.
# Two parameters: Bock and Aitkin (1981), Psychometrika 46, table 1 (intercepts and slopes); Rizopoulos (2006),
# Journal of Statistical Software 17(5), section 4, gives the same as difficulties.
RASCH_B = np.array([-2.730, -0.999, -0.240, -1.306, -2.099])
RASCH_SD = 0.755
TWO_A = np.array([0.825, 0.723, 0.890, 0.688, 0.657])
TWO_B = np.array([-3.360, -1.370, -0.280, -1.866, -3.124])
TWO_D = np.array([2.773, 0.990, 0.249, 1.285, 2.053])


def marks() -> Matrix:
    rows = [[float(mark) for mark in pattern] for pattern, count in FREQUENCIES.items() for _ in range(count)]
    return np.array(rows)
