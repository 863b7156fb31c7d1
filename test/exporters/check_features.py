"""Weights and pictures for extract_features.py, and what torchvision and timm themselves make of them.

python check_features.py make FOLDER            random weights where the libraries keep downloaded ones
python check_features.py check FOLDER NPZ NAME  prints the largest difference, relative to the largest number
"""

import os
import pathlib
import sys

import numpy as np
import timm
import torch
import torchvision
from PIL import Image

TORCHVISION = ("resnet18", "mobilenet_v2")
TIMM = "resnet18"


def keep(model, url, folder):
    """Where torch.hub looks before it downloads."""
    torch.save(model.state_dict(), folder / url.rsplit("/", 1)[-1])


def make(folder):
    checkpoints = pathlib.Path(os.environ["TORCH_HOME"]) / "hub" / "checkpoints"
    checkpoints.mkdir(parents=True)
    torch.manual_seed(3)
    for name in TORCHVISION:
        weights = torchvision.models.get_model_weights(name).DEFAULT
        keep(torchvision.models.get_model(name), weights.url, checkpoints)
    model = timm.create_model(TIMM)
    keep(model, model.default_cfg["url"], checkpoints)
    draw = np.random.default_rng(1)
    for i, name in enumerate(("train/a/1.png", "train/b/grey.png", "test/a/wide.jpg")):
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size = (40 + 30 * i, 50, 3)
        picture = Image.fromarray(draw.integers(0, 256, size, dtype=np.uint8))
        (picture.convert("L") if i == 1 else picture).save(path)


def own(name, pictures):
    """What goes into the last layer, taken on its way."""
    if name.startswith("timm:"):
        model = timm.create_model(name[5:], pretrained=True).eval()
        last = model.get_classifier()
        settings = timm.data.resolve_data_config({}, model=model)
        transform = timm.data.create_transform(**settings)
    else:
        weights = torchvision.models.get_model_weights(name).DEFAULT
        model = torchvision.models.get_model(name, weights=weights).eval()
        transform = weights.transforms()
        last = [part for part in model.modules() if isinstance(part, torch.nn.Linear)][-1]
    caught = []
    last.register_forward_hook(lambda _, inputs, __: caught.append(inputs[0]))
    with torch.inference_mode():
        for path in pictures:
            model(transform(Image.open(path).convert("RGB")).unsqueeze(0))
    return torch.cat(caught).numpy()


def check(folder, file, name):
    made = np.load(file)
    wanted = own(name, [folder / "data" / path for path in made["paths"]])
    assert made["features"].dtype == np.float32
    assert len(made["paths"]) == 3, made["paths"]
    if made["features"].shape != wanted.shape:
        raise SystemExit(f"{name}: {made['features'].shape} instead of {wanted.shape}")
    assert wanted.std() > 0
    print(np.abs(made["features"] - wanted).max() / np.abs(wanted).max())


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[2])
    make(folder) if sys.argv[1] == "make" else check(folder, *sys.argv[3:])
