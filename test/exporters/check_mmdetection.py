"""Runs with MMDetection; MMCV's compiled operators, of which there is no wheel, are not called."""

import json
import sys
import types
from importlib.machinery import ModuleSpec

import cv2
import numpy as np
from checks import cases, close, refuses, run
from mmdata import config_of, folder_of, framework
from objects import factors_of, images_of, names_of


class Operators(types.ModuleType):
    """There, so that what imports them can be imported."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)


sys.modules["mmcv._ext"] = Operators("mmcv._ext")
# MMEngine asks for it, and is told that the operators cannot be loaded.
sys.modules["mmcv._ext"].__spec__ = ModuleSpec("mmcv._ext", None)
registry = framework("mmdet")

from mmengine.runner import Runner  # noqa: E402

# A small detector, whose losses call no compiled operator.
ANCHORS = dict(
    type="AnchorGenerator", ratios=[1.0], octave_base_scale=4, scales_per_octave=1, strides=[8, 16]
)
DETECTOR = dict(
    type="RetinaNet",
    data_preprocessor=dict(type="DetDataPreprocessor", mean=[127.5] * 3, std=[127.5] * 3),
    backbone=dict(type="ResNet", depth=18, base_channels=8, stem_channels=8),
    neck=dict(
        type="FPN", in_channels=[8, 16, 32, 64], out_channels=16, start_level=1, num_outs=2,
        end_level=2,
    ),
    train_cfg=dict(
        assigner=dict(type="MaxIoUAssigner", pos_iou_thr=0.5, neg_iou_thr=0.4, min_pos_iou=0),
        sampler=dict(type="PseudoSampler"),
        allowed_border=-1,
        pos_weight=-1,
        debug=False,
    ),
)


def dataset_config(module, images, names):
    """A COCO file of boxes; twice the same class in an image is one image of the class."""
    folder = folder_of(module)
    boxes = [(i, c) for i, own in enumerate(images) for c in [*own, *own]]
    content = dict(
        categories=[dict(id=index + 1, name=name) for index, name in enumerate(names)],
        images=[dict(id=i, file_name=f"{i}.png", width=8, height=8) for i in range(len(images))],
        annotations=[
            dict(id=at + 1, image_id=i, category_id=c + 1, bbox=[1, 1, 4, 4], area=16, iscrowd=0)
            for at, (i, c) in enumerate(boxes)
        ],
    )
    (folder / "train.json").write_text(json.dumps(content), encoding="utf8")
    return dict(
        type="CocoDataset",
        data_root=str(folder),
        ann_file="train.json",
        data_prefix=dict(img=""),
        metainfo=dict(classes=names),
        pipeline=[
            dict(type="LoadAnnotations", with_bbox=True),
            dict(type="PackDetInputs", meta_keys=("img_id",)),
        ],
    )


def base_of(module, images, names):
    """What a user's config has of these."""
    return dict(
        train_dataloader=dict(
            batch_size=4,
            num_workers=0,
            sampler=dict(type="DefaultSampler", shuffle=True),
            dataset=dataset_config(module, images, names),
        )
    )


def check_epochs(module, case):
    names, images = names_of(case), images_of(case)
    factors = factors_of(case, images)
    close(module.image_factors(images, names), factors, 1e-9)
    config = config_of(module, "class_balance_config.py", base_of(module, images, names))
    assert config.custom_imports.imports == ["class_balance"]
    loader = Runner.build_dataloader(config.train_dataloader)
    sampler = loader.sampler
    assert type(loader.dataset).__name__ == "CocoDataset"
    epochs = 60
    seen = np.zeros(len(images))
    for epoch in range(epochs):
        sampler.set_epoch(epoch)
        drawn = list(sampler)
        assert len(drawn) == len(sampler) == round(sum(factors))
        times = np.bincount(drawn, minlength=len(images))
        assert np.all(times >= np.floor(factors)), "the whole part is certain"
        seen += times
    sampler.set_epoch(0)
    assert list(sampler) == list(sampler), "seed and epoch decide"
    # Fractions by chance: six standard deviations of the mean of so many epochs.
    fraction = np.asarray(factors) - np.floor(factors)
    apart = np.abs(seen / epochs - factors)
    assert np.all(apart <= 6 * np.sqrt(fraction * (1 - fraction) / epochs) + 2 / epochs)
    for index, sample in zip(sampler, next(iter(loader))["data_samples"]):
        assert sample.img_id == index
        assert set(sample.gt_instances.labels.tolist()) == set(images[index])


def check_other_names_stop(module, case):
    names, images = names_of(case), images_of(case)
    dataset = registry.DATASETS.build(dataset_config(module, images, [*names, "nobody"]))
    refuses(lambda: module.RepeatFactorSampler(dataset), "nobody")
    assert not hasattr(module, "pwned")


def check_the_parts_of_a_distributed_run(module, case):
    factors = factors_of(case, images_of(case))
    draw = lambda epoch: module.epoch_indices(factors, epoch)
    whole = list(module.EpochSampler(draw))
    parts = [list(module.EpochSampler(draw, 3, rank)) for rank in range(3)]
    together = [parts[i % 3][i // 3] for i in range(3 * len(parts[0]))]
    assert together[: len(whole)] == whole


def check_their_own_wrapper(module, case):
    names = names_of(case)
    images = [[index] for index, n in enumerate(case["counts"]) for _ in range(min(n, 300))]
    base = base_of(module, images, names)
    config = config_of(module, "class_balanced_dataset_config.py", base)
    if case["stages"][-1]["sampler"]["repeats"] is None:
        assert config is None
        return
    wrapped = registry.DATASETS.build(config.train_dataloader.dataset)
    assert list(wrapped.metainfo["classes"]) == names
    shares = sorted(n / sum(case["counts"]) for n in case["counts"] if n > 0)
    middle = (shares[len(shares) // 2] + shares[(len(shares) - 1) // 2]) / 2
    close([wrapped.oversample_thr], [middle])
    assert len(wrapped) >= len(images)


def check_a_training(module, case):
    """Their runner trains by the exported config, which finds the module by its name."""
    if case["name"] != "repeat-factor-names-of-objects":
        return
    names, folder = names_of(case), folder_of(module)
    images = [[index % len(names)] for index in range(8)]
    for index in range(len(images)):
        cv2.imwrite(str(folder / f"{index}.png"), np.full((32, 32, 3), 9 * index, np.uint8))
    base = base_of(module, images, names)
    base["train_dataloader"]["dataset"]["pipeline"] = [
        dict(type="LoadImageFromFile"),
        dict(type="LoadAnnotations", with_bbox=True),
        dict(type="Resize", scale=(32, 32)),
        dict(type="PackDetInputs"),
    ]
    head = dict(
        type="RetinaHead", num_classes=len(names), in_channels=16, stacked_convs=1,
        feat_channels=16, anchor_generator=ANCHORS,
    )
    config = config_of(
        module,
        "class_balance_config.py",
        dict(
            base,
            model=dict(DETECTOR, bbox_head=head),
            work_dir=str(folder / "work"),
            optim_wrapper=dict(optimizer=dict(type="SGD", lr=0.01)),
            train_cfg=dict(by_epoch=True, max_epochs=1),
            default_hooks=dict(checkpoint=None, logger=None),
            log_level="ERROR",
        ),
    )
    runner = Runner.from_cfg(config)
    before = [one.clone() for one in runner.model.parameters()]
    runner.train()
    assert type(runner.train_dataloader.sampler).__name__ == "RepeatFactorSampler"
    assert any((a != b).any() for a, b in zip(before, runner.model.parameters()))


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
