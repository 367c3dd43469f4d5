#!/usr/bin/python3
"""Runs a command on one processor, so that it has one thread.

usage: one_processor.py COMMAND [ARGUMENT...]
"""

import os
import sys

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execvp(sys.argv[1], sys.argv[1:])
