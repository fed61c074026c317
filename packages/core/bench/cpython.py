"""One side of the bench: does to each text what is asked, and says how long it took.

A line of JSON on standard input is a list of texts, or the name of a task.
"""

import ast
import hashlib
import json
import sys
import time


def parse(text):
    ast.parse(text)


def normalize(text):
    hashlib.sha256(ast.unparse(ast.parse(text)).encode()).hexdigest()


texts = []
for line in sys.stdin:
    request = json.loads(line)
    if isinstance(request, list):
        texts = request
        continue
    task = {"parse": parse, "normalize": normalize}[request]
    start = time.perf_counter()
    for text in texts:
        task(text)
    print(time.perf_counter() - start, flush=True)
