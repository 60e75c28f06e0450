"""Counts of tokens by the Python package tokenizers: the oracle of TokenCounterTest.

python token_counts_oracle.py > ../resources/dev/superpose/text/counts.txt   (tokenizers 0.23.2)

The tokenizer is the project's own (samples/pythia-style). shakespeare.txt is the beginning of the last part of
Shakespeare's plays (public domain); odd.txt was written for this test. One line a file: its name, then row:count.
"""

from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

here = Path(__file__).parent
tokenizer = Tokenizer.from_file(str(here / "../../../../samples/pythia-style/neox-m16/tokenizer.json"))
for name in ("shakespeare.txt", "odd.txt"):
    text = (here / "../resources/dev/superpose/text" / name).read_bytes().decode()
    counts = Counter(tokenizer.encode(text, add_special_tokens=False).ids)
    print(name, *(f"{row}:{count}" for row, count in sorted(counts.items())))
