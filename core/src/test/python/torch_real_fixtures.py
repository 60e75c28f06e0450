"""Writes ../resources/dev/superpose/checkpoint/torch-real with PyTorch itself, and what its numbers are.

Run from anywhere: python torch_real_fixtures.py. Needs torch (made with 2.13.0).

plain.pt        an OrderedDict of float32 with the `_metadata` that Module.state_dict() adds
bf16.pt, fp16.pt, float8.pt   the same matrix in other dtypes
module.pt       the state_dict of a real module with tied Embedding and Linear, in a training checkpoint with an optimiser
parameters.pt   nn.Parameters, one of them with attributes (_rebuild_parameter_with_state)
subclass.pt     a tensor with an attribute, which goes through _rebuild_from_type_v2
views.pt        a transposed view, a slice with gaps, and a view into the middle of a storage
sharded/        two files and their index
legacy.pt       _use_new_zipfile_serialization=False: to be refused by name
whole.pt        a module, not its state_dict: to be refused
expected.txt    per file and tensor: rows, columns and the bits of the float32 numbers, in hexadecimal
"""

import collections
import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "resources/dev/superpose/checkpoint/torch-real"
(FOLDER / "sharded").mkdir(parents=True, exist_ok=True)
torch.manual_seed(20261125)
expected = []


def note(file, name, matrix):
    numbers = matrix.detach().to(torch.float32).contiguous()
    bits = numbers.view(torch.int32).flatten().tolist()
    expected.append(f"{file} {name} {matrix.shape[0]} {matrix.shape[1]} " + " ".join(f"{b & 0xFFFFFFFF:08x}" for b in bits))


def save(file, tensors, saved=None, **options):
    torch.save(tensors if saved is None else saved, FOLDER / file, **options)
    for name, tensor in tensors.items():
        if tensor.dim() == 2:
            note(file, name, tensor)


class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.wte = torch.nn.Embedding(5, 3)
        self.norm = torch.nn.LayerNorm(3)
        self.lm_head = torch.nn.Linear(3, 5, bias=False)
        self.lm_head.weight = self.wte.weight


w = torch.randn(5, 3)
plain = collections.OrderedDict([("wte.weight", w), ("norm.bias", torch.zeros(3))])
plain._metadata = collections.OrderedDict([("", {"version": 1})])
save("plain.pt", plain)
save("bf16.pt", {"wte.weight": w.to(torch.bfloat16)})
save("fp16.pt", {"wte.weight": w.to(torch.float16)})
save("float8.pt", {"wte.weight": w.to(torch.float8_e4m3fn)})

module = Tied()
optimiser = torch.optim.AdamW(module.parameters())
module.lm_head(module.norm(module.wte(torch.arange(5)))).square().sum().backward()
optimiser.step()
save(
    "module.pt",
    module.state_dict(),
    {"model": module.state_dict(), "optimizer": optimiser.state_dict(), "iter_num": 7, "loss": 0.25},
)

marked_parameter = torch.nn.Parameter(torch.randn(5, 3))
marked_parameter.note = "kept"
save("parameters.pt", {"wte.weight": torch.nn.Parameter(w), "lm_head.weight": marked_parameter})

subclass = w.clone()
subclass.note = "kept"
save("subclass.pt", {"wte.weight": subclass})

storage = torch.randn(40)
views = {
    "wte.weight": torch.randn(3, 5).t(),
    "lm_head.weight": storage[2:32].view(5, 6)[:, 1:4],
}
save("views.pt", views)

save("sharded/pytorch_model-00001-of-00002.bin", {"model.embed_tokens.weight": w})
save("sharded/pytorch_model-00002-of-00002.bin", {"lm_head.weight": -w})
(FOLDER / "sharded/pytorch_model.bin.index.json").write_text(
    json.dumps(
        {
            "metadata": {"total_size": 120},
            "weight_map": {
                "model.embed_tokens.weight": "pytorch_model-00001-of-00002.bin",
                "lm_head.weight": "pytorch_model-00002-of-00002.bin",
            },
        }
    )
)
torch.save({"wte.weight": w}, FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(torch.nn.Linear(3, 5), FOLDER / "whole.pt")
(FOLDER / "expected.txt").write_text("\n".join(expected) + "\n")
