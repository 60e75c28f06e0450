"""Writes the PyTorch files of the tests (resources, checkpoint/torch) without PyTorch; standard library only.

Python's own pickler makes `data.pkl`, from stand-ins that carry the names of PyTorch's functions and storage classes;
`zipfile` makes the archive, its entries stored and the numbers aligned to 64 bytes, as `torch.save` lays it out.
"""

import io
import json
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict
from pathlib import Path

HERE = Path(__file__).parent.parent / "resources/dev/superpose/checkpoint/torch"
CODES = {"FloatStorage": "f", "DoubleStorage": "d", "HalfStorage": "e", "CharStorage": "b", "ByteStorage": "B",
         "ShortStorage": "h", "LongStorage": "q"}


def module(name):
    sys.modules[name] = types.ModuleType(name)
    return sys.modules[name]


def named(place, name):
    """A function that pickles as `place.name` and is never called."""
    def function(*_):
        raise AssertionError("never called")
    function.__module__, function.__qualname__, function.__name__ = place, name, name
    setattr(sys.modules[place], name, function)
    return function


for place in ("torch", "torch._utils", "torch._tensor", "torch.nn", "torch.nn.parameter", "argparse_like"):
    module(place)
STORAGES = {name: named("torch", name) for name in [*CODES, "BFloat16Storage", "QInt8Storage"]}
REBUILD = named("torch._utils", "_rebuild_tensor_v2")
PARAMETER = named("torch._utils", "_rebuild_parameter")
QUANTISED = named("torch._utils", "_rebuild_qtensor")
FROM_TYPE = named("torch._tensor", "_rebuild_from_type_v2")
TYPE = named("torch.nn.parameter", "Parameter")
NAMESPACE = named("argparse_like", "Namespace")


class Storage:
    def __init__(self, kind, numbers):
        self.kind, self.count = kind, len(numbers)
        if kind == "BFloat16Storage":
            self.bytes = b"".join(struct.pack("<f", x)[2:] for x in numbers)
        else:
            self.bytes = struct.pack("<%d%s" % (len(numbers), CODES.get(kind, "b")), *numbers)


class Call:
    """Pickles as a call of `function`."""
    def __init__(self, function, *given):
        self.function, self.given = function, given

    def __reduce__(self):
        return self.function, self.given


def tensor(storage, shape, strides=None, offset=0):
    if strides is None:
        strides, step = [], 1
        for size in reversed(shape):
            strides.insert(0, step)
            step *= size
    return Call(REBUILD, storage, offset, tuple(shape), tuple(strides), False, OrderedDict())


def save(path, value, protocol=2, byteorder="little"):
    storages = []

    class Pickler(pickle.Pickler):
        def persistent_id(self, it):
            if not isinstance(it, Storage):
                return None
            if it not in storages:
                storages.append(it)
            return "storage", STORAGES[it.kind], str(storages.index(it)), "cpu", it.count

    text = io.BytesIO()
    Pickler(text, protocol).dump(value)
    with zipfile.ZipFile(HERE / path, "w", zipfile.ZIP_STORED) as archive:
        def add(name, data):
            entry = zipfile.ZipInfo("model/" + name, (1980, 1, 1, 0, 0, 0))
            at = archive.fp.tell() + 30 + len(entry.filename)
            entry.extra = b"FB" + struct.pack("<H", -(at + 4) % 64) + b"Z" * (-(at + 4) % 64)
            archive.writestr(entry, data)
        add("data.pkl", text.getvalue())
        add("byteorder", byteorder.encode())
        for i, storage in enumerate(storages):
            add("data/%d" % i, storage.bytes)
        add("version", b"3\n")


def floats(numbers):
    return Storage("FloatStorage", numbers)


SIX = [0.5, -1.25, 3.0, 4.0, 0.0, -6.5]
WHOLE = [1, -2, 3, 4, 5, -6]

for kind, numbers in [("FloatStorage", SIX), ("DoubleStorage", SIX), ("HalfStorage", SIX), ("BFloat16Storage", SIX),
                      ("CharStorage", WHOLE), ("ShortStorage", WHOLE), ("ByteStorage", [1, 2, 3, 4, 5, 255])]:
    save(kind + ".pt", OrderedDict(weight=tensor(Storage(kind, numbers), (3, 2))))
for protocol in (2, 3, 4, 5):
    save("protocol%d.pt" % protocol, OrderedDict(weight=tensor(floats(SIX), (3, 2))), protocol)

shared = floats([9, 9] + SIX)
tied = tensor(shared, (3, 2), offset=2)
save("training.pt", {
    "epoch": 3, "loss": tensor(floats([2.5]), ()), "args": Call(NAMESPACE, "x"),
    "optimizer": {"state": {0: {"step": 7, "exp_avg": tensor(floats(SIX), (3, 2))}}, "param_groups": [{"lr": 1e-3}]},
    "model": OrderedDict([("module.model.embed_tokens.weight", tied), ("module.lm_head.weight", tied),
                          ("module.norm.weight", tensor(floats([1, 1]), (2,))), ("module.steps", 5)])})
save("views.pt", OrderedDict([
    ("model.embed_tokens.weight", tensor(floats([SIX[0], SIX[2], SIX[4], SIX[1], SIX[3], SIX[5]]), (3, 2), (1, 3))),
    ("lm_head.weight", tensor(floats([7, SIX[0], 7, SIX[1], 7, 7, SIX[2], 7, SIX[3], 7, 7, SIX[4], 7, SIX[5]]),
                              (3, 2), (5, 2), 1))]))
save("gaps.pt", OrderedDict(weight=tensor(floats([0.5, -1.25, 7, 3, 4, 7, 0, -6.5]), (3, 2), (3, 1))))
save("parameters.pt", OrderedDict([
    ("model.embed_tokens.weight", Call(PARAMETER, tied, True, OrderedDict())),
    ("lm_head.weight", Call(FROM_TYPE, REBUILD, TYPE, tied.given, {"note": 1})),
    ("packed", Call(QUANTISED, Storage("QInt8Storage", [1, 2]), 0, (2,), (1,)))]))
save("quantised.pt", OrderedDict([
    ("model.embed_tokens.weight", Call(QUANTISED, Storage("QInt8Storage", WHOLE), 0, (3, 2), (2, 1))),
    ("norm", tensor(floats([1]), (1,)))]))
save("big-endian.pt", OrderedDict(weight=tensor(floats(SIX), (3, 2))), byteorder="big")

(HERE / "sharded").mkdir(exist_ok=True)
(HERE / "sharded" / "config.json").write_text('{"model_type": "llama", "tie_word_embeddings": false}\n')
parts = ["pytorch_model-0000%d-of-00002.bin" % i for i in (1, 2)]
save("sharded/" + parts[0], OrderedDict([("model.embed_tokens.weight", tensor(floats(SIX), (3, 2)))]))
save("sharded/" + parts[1], OrderedDict([("lm_head.weight", tensor(floats(SIX[::-1]), (3, 2)))]))
(HERE / "sharded" / "pytorch_model.bin.index.json").write_text(json.dumps(
    {"metadata": {}, "weight_map": {"model.embed_tokens.weight": parts[0], "lm_head.weight": parts[1]}}) + "\n")
