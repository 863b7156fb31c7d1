"""State dicts and features of torchvision's networks with random weights.

python torchvision_reference.py narrow DIR    a 32nd as wide, in float16: the fixtures
python torchvision_reference.py whole DIR     as wide as they are, in float32: made by the test

For each network NAME.pth and NAME.json: what the network, without its last layer, gives of pictures
made by a formula, computed by torchvision in float64.
"""

import json
import pathlib
import sys

import torch
import torchvision
from torch import nn
from torchvision.models.mobilenetv2 import MobileNetV2
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

from reference import picture

SIZES = [(64, 64), (75, 53), (96, 64)]
MEAN = torch.tensor([0.485, 0.456, 0.406]).double().view(3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).double().view(3, 1, 1)
BY = 32


class NarrowResNet(ResNet):
    """Every layer a 32nd as wide."""

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        if planes == 64:
            self.inplanes = planes // BY
            self.conv1 = nn.Conv2d(3, self.inplanes, 7, stride=2, padding=3, bias=False)
            self.bn1 = nn.BatchNorm2d(self.inplanes)
        return super()._make_layer(block, planes // BY, blocks, stride, dilate)


def narrow_mobile():
    net = MobileNetV2(width_mult=1 / 8, round_nearest=1)
    net.features[-1][0] = nn.Conv2d(40, 64, 1, bias=False)
    net.features[-1][1] = nn.BatchNorm2d(64)
    return net


NETS = {
    "narrow": {
        "resnet18": lambda: NarrowResNet(BasicBlock, [2, 2, 2, 2]),
        "resnet50": lambda: NarrowResNet(Bottleneck, [3, 4, 6, 3]),
        "mobilenet_v2": narrow_mobile,
    },
    "whole": {
        name: getattr(torchvision.models, name)
        for name in ("resnet18", "resnet34", "resnet50", "mobilenet_v2")
    },
}


def shake(net, seed):
    """Batch norms as if they were trained: nothing is 0 or 1."""
    draw = torch.Generator().manual_seed(seed)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            for tensor, low, high in (
                (module.weight, 0.5, 1.5),
                (module.bias, -0.2, 0.3),
                (module.running_mean, -0.2, 0.2),
                (module.running_var, 0.5, 1.5),
            ):
                with torch.no_grad():
                    tensor.uniform_(low, high, generator=draw)
        elif isinstance(module, nn.Conv2d):
            fan = module.weight[0].numel()
            with torch.no_grad():
                module.weight.normal_(0, (2 / fan) ** 0.5, generator=draw)


def main():
    kind, out = sys.argv[1], pathlib.Path(sys.argv[2])
    every = 1 if kind == "narrow" else 16
    for seed, (name, make) in enumerate(NETS[kind].items()):
        torch.manual_seed(seed)
        net = make()
        shake(net, seed)
        last = "classifier" if hasattr(net, "classifier") else "fc"
        if kind == "narrow":
            setattr(net, last, nn.Linear(2, 3))
            net = net.half()
        # The old layout is smaller, and both are wanted.
        new = name == "resnet18" or kind == "whole"
        torch.save(net.state_dict(), out / f"{name}.pth", _use_new_zipfile_serialization=new)
        setattr(net, last, nn.Identity())
        net = net.double().eval()
        cases = []
        for k, (height, width) in enumerate(SIZES):
            pixels = picture(k, height, width).double().permute(2, 0, 1) / 255
            with torch.inference_mode():
                found = net(((pixels - MEAN) / DEVIATION).unsqueeze(0))[0]
            features = [round(value, 6) for value in found[::every].tolist()]
            cases.append({"picture": k, "height": height, "width": width, "features": features})
        made = {
            "madeWith": f"torchvision {torchvision.__version__}, float64, every {every}th feature",
            "width": found.numel(),
            "every": every,
            "cases": cases,
        }
        (out / f"{name}.json").write_text(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
