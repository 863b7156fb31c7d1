"""Trains the smallest networks of Ultralytics for two epochs on pictures of noise, on the CPU."""

import pathlib
import tempfile

import numpy as np
import torch
from PIL import Image
from ultralytics import YOLO

OPTIONS = dict(
    epochs=2,
    imgsz=32,
    batch=4,
    device="cpu",
    workers=0,
    plots=False,
    amp=False,
    verbose=False,
    pretrained=False,
)


def picture(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(0).integers(0, 255, (32, 32, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)


def train(model, module, data, root):
    net = YOLO(model)
    net.train(trainer=module.BalancedTrainer, data=str(data), project=str(root / "runs"), **OPTIONS)
    saved = torch.load(net.trainer.best, map_location="cpu")["model"]
    assert saved.criterion is None, "the checkpoint loads without our file"
    assert np.isfinite(net.trainer.loss.item())
    return net.trainer


def train_classifier(module, case):
    with tempfile.TemporaryDirectory() as own:
        root = pathlib.Path(own)
        for split, images in (("train", 3), ("val", 1)):
            for name in case["classNames"]:
                for i in range(images):
                    picture(root / split / name / f"{i}.png")
        trainer = train("yolov8n-cls.yaml", module, root, root)
    assert isinstance(trainer.model.criterion, module.BalancedCriterion)
    assert isinstance(trainer.train_loader.sampler, module.BalancedSampler)
    return trainer


def train_detector(module, case):
    with tempfile.TemporaryDirectory() as own:
        root = pathlib.Path(own)
        names = sorted(case["classNames"])
        for split in ("train", "val"):
            for i in range(len(names)):
                picture(root / "images" / split / f"{i}.png")
                label = root / "labels" / split / f"{i}.txt"
                label.parent.mkdir(parents=True, exist_ok=True)
                label.write_text(f"{i} 0.5 0.5 0.4 0.4\n")
        data = root / "data.yaml"
        rows = "".join(f"  {i}: {name!r}\n" for i, name in enumerate(names))
        data.write_text(
            f"path: {root}\ntrain: images/train\nval: images/val\nnames:\n{rows}", encoding="utf8"
        )
        trainer = train("yolov8n.yaml", module, data, root)
    assert isinstance(trainer.train_loader.sampler, module.BalancedSampler)
    return trainer
