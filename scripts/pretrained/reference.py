"""Reference features for test/fixtures/pretrained, made with PyTorch.

python reference.py STATE_DICT OUT.json

The network is written from its table, with batch norms as they are and TensorFlow's padding, so
that nothing is shared with the code under test. The pictures come from a formula of whole numbers
that the test repeats.
"""

import json
import sys

import torch
import torch.nn.functional as F

STAGES = [
    (3, 1, 1, 1, 32, 16),
    (3, 2, 2, 6, 16, 24),
    (5, 2, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (5, 3, 1, 6, 80, 112),
    (5, 4, 2, 6, 112, 192),
    (3, 1, 1, 6, 192, 320),
]
SIZES = [(128, 128), (128, 128), (97, 131), (224, 224)]
EVERY = 5


def picture(k, height, width):
    y = torch.arange(height).view(-1, 1, 1)
    x = torch.arange(width).view(1, -1, 1)
    c = torch.arange(3).view(1, 1, -1)
    return ((x * (3 + k + c) + y * (5 - c) + 40 * c) ^ ((x * y) >> (3 + k))) & 255


def same(x, kernel, stride):
    pads = []
    for length in (x.shape[3], x.shape[2]):
        total = max(0, (-(-length // stride) - 1) * stride + kernel - length)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def features(weights, x):
    def layer(x, conv, norm, stride=1, depthwise=False, act=True):
        w = weights[conv + ".weight"]
        groups = w.shape[0] if depthwise else 1
        x = F.conv2d(same(x, w.shape[2], stride), w, stride=stride, groups=groups)
        moments = [weights[f"{norm}.{key}"] for key in ("running_mean", "running_var")]
        scale = [weights[f"{norm}.{key}"] for key in ("weight", "bias")]
        x = F.batch_norm(x, *moments, *scale, training=False, eps=1e-3)
        return F.relu6(x) if act else x

    x = layer(x, "_conv_stem", "_bn0", 2)
    index = 0
    for kernel, repeats, stride, expansion, wide_in, wide_out in STAGES:
        for repeat in range(repeats):
            at, s = f"_blocks.{index}", stride if repeat == 0 else 1
            y = x
            if expansion > 1:
                y = layer(y, at + "._expand_conv", at + "._bn0")
            assert weights[at + "._depthwise_conv.weight"].shape[2] == kernel
            y = layer(y, at + "._depthwise_conv", at + "._bn1", s, True)
            y = layer(y, at + "._project_conv", at + "._bn2", act=False)
            x = x + y if s == 1 and x.shape[1] == wide_out else y
            index += 1
    return layer(x, "_conv_head", "_bn1").mean((2, 3))


def main():
    weights = torch.load(sys.argv[1], map_location="cpu")
    weights = {name: value.double() for name, value in weights.items()}
    cases = []
    for k, (height, width) in enumerate(SIZES):
        pixels = picture(k, height, width)
        x = ((pixels.double() - 127) / 128).permute(2, 0, 1).unsqueeze(0)
        with torch.no_grad():
            found = features(weights, x)[0]
        cases.append(
            {
                "picture": k,
                "height": height,
                "width": width,
                "norm": round(found.norm().item(), 5),
                "features": [round(v, 5) for v in found[::EVERY].tolist()],
            }
        )
    note = f"torch {torch.__version__}, float64, every {EVERY}th feature"
    with open(sys.argv[2], "w") as out:
        json.dump({"madeWith": note, "every": EVERY, "cases": cases}, out)
        out.write("\n")


if __name__ == "__main__":
    main()
