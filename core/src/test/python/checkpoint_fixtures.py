"""Writes ../resources/dev/superpose/checkpoint/*.safetensors with the reference implementation of the format.

Run from anywhere: python checkpoint_fixtures.py. Needs torch and safetensors (made with 2.13.0 and 0.8.0).

by-reference.safetensors  W (3, 2) and b (3) float32 and one string of metadata: SafetensorsWriter must write these bytes.
dtypes.safetensors        per dtype a matrix of special and of all 8-bit values, and beside it, in float32, what it means.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

folder = Path(__file__).resolve().parents[1] / "resources/dev/superpose/checkpoint"
inf, nan = float("inf"), float("nan")

save_file(
    {
        "W": torch.tensor([[0.5, -1.25], [3.0, 1e-40], [-0.0, 65504.0]], dtype=torch.float32),
        "b": torch.tensor([0.1, -0.2, 0.3], dtype=torch.float32),
    },
    folder / "by-reference.safetensors",
    metadata={"note": "Aï \"quoted\" \\ line\nend"},
)

all_bytes = torch.arange(256, dtype=torch.int32).to(torch.uint8)
# Every 31st 16-bit pattern, and zeros, denormals, greatest values, infinities and not-a-numbers of both formats.
special = [0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x7C01, 0x7E00,
           0x007F, 0x0080, 0x7F7F, 0x7F80, 0xFF80, 0x7FC0, 0x3F80]
patterns = list(range(0, 65536, 31)) + special
shorts = torch.tensor(patterns, dtype=torch.int32).to(torch.int16)
float64 = torch.tensor(
    [0.0, -0.0, 1.0, -2.5, 1 / 3, 1e-45, 7e-46, 1.4e-45, 1e-320, 1e39, -1e39, 3.4028235e38, 3.4028235677973366e38,
     1 + 2**-24, 1 + 2**-24 + 2**-50, inf, -inf, nan],
    dtype=torch.float64,
)
stored = {
    "F16": shorts.clone().view(torch.float16),
    "BF16": shorts.clone().view(torch.bfloat16),
    "F64": float64,
    "F8_E4M3": all_bytes.view(torch.float8_e4m3fn),
    "F8_E5M2": all_bytes.view(torch.float8_e5m2),
    "F8_E8M0": all_bytes.view(torch.float8_e8m0fnu),
    "F8_E4M3FNUZ": all_bytes.view(torch.float8_e4m3fnuz),
    "F8_E5M2FNUZ": all_bytes.view(torch.float8_e5m2fnuz),
    "I8": all_bytes.view(torch.int8),
    "U8": all_bytes,
    "I16": shorts[::25].contiguous(),
}
tensors = {}
for name, values in stored.items():
    rows = 2 if values.numel() % 2 == 0 else 1
    tensors[name] = values.reshape(rows, -1).clone()
    tensors[name + ".meaning"] = values.to(torch.float32).reshape(rows, -1).clone()
save_file(tensors, folder / "dtypes.safetensors")
