"""Runs with Detectron2 0.6 from source; its compiled operators, which are not built, are not called."""

import itertools
import pathlib
import sys
import types

import numpy as np
import torch
from checks import cases, close, refuses, run, warns
from objects import factors_of, images_of, names_of
from PIL import Image

sys.modules["detectron2._C"] = types.ModuleType("detectron2._C")

from detectron2.config import get_cfg  # noqa: E402
from detectron2.data import DatasetCatalog, MetadataCatalog  # noqa: E402
from detectron2.data.samplers import RepeatFactorTrainingSampler  # noqa: E402
from detectron2.structures import BoxMode  # noqa: E402


def records(images):
    # Twice the same class in an image is one image of the class.
    return [
        {
            "file_name": f"{index}.png",
            "image_id": index,
            "width": 8,
            "height": 8 + index % 2,
            "annotations": [{"category_id": c} for c in [*own, *own]],
        }
        for index, own in enumerate(images)
    ]


def cfg_of(names, images):
    """A user's config, with a dataset of these images as they register it."""
    for catalog in (DatasetCatalog, MetadataCatalog):
        if "own_train" in catalog.list():
            catalog.remove("own_train")
    DatasetCatalog.register("own_train", lambda: records(images))
    MetadataCatalog.get("own_train").thing_classes = names
    cfg = get_cfg()
    cfg.DATASETS.TRAIN = ("own_train",)
    cfg.DATALOADER.FILTER_EMPTY_ANNOTATIONS = False
    cfg.DATALOADER.NUM_WORKERS = 0
    cfg.SOLVER.IMS_PER_BATCH = 2
    return cfg


def as_it_is(record):
    return record


def check_factors(module, case):
    images = images_of(case)
    factors = factors_of(case, images)
    cfg = cfg_of(names_of(case), images)
    made = []

    class Sampler(RepeatFactorTrainingSampler):
        def __init__(self, repeat_factors, **options):
            made.append((repeat_factors, options))
            super().__init__(repeat_factors, **options)

    module.RepeatFactorTrainingSampler = Sampler
    loader = module.train_loader(cfg, mapper=as_it_is)
    ((got, options),) = made
    assert got.dtype == torch.float32
    close(got.tolist(), factors, 1e-6)
    # Their loader draws on without an end; of one pass of the sampler the whole parts are certain.
    whole = Sampler(got, **options)
    own = list(itertools.islice(whole, int(np.floor(factors).sum())))
    assert max(own) < len(images)
    drawn = [one["image_id"] for batch in itertools.islice(loader, 3) for one in batch]
    assert len(drawn) == 6 and set(drawn) <= set(range(len(images)))
    seen = np.zeros(len(images))
    passes = 60
    generator = torch.Generator()
    for epoch in range(passes):
        generator.manual_seed(epoch)
        one = whole._get_epoch_indices(generator).long()
        seen += np.bincount(one.numpy(), minlength=len(images))
    fraction = np.asarray(factors) - np.floor(factors)
    apart = np.abs(seen / passes - factors)
    assert np.all(apart <= 6 * np.sqrt(fraction * (1 - fraction) / passes) + 2 / passes)


def check_a_training(module, case):
    """The trainer in place of theirs, with a small detector that calls no compiled operator."""
    if case["name"] != "repeat-factor-names-of-objects":
        return
    names = names_of(case)
    folder = pathlib.Path(module.__file__).parent
    own = records([[index % len(names)] for index in range(8)])
    for record in own:
        record["file_name"] = str(folder / record["file_name"])
        record["width"] = record["height"] = 32
        Image.new("RGB", (32, 32)).save(record["file_name"])
        for annotation in record["annotations"]:
            annotation.update(bbox=[2, 2, 20, 20], bbox_mode=BoxMode.XYXY_ABS)
    cfg = cfg_of(names, [])
    DatasetCatalog.remove("own_train")
    DatasetCatalog.register("own_train", lambda: own)
    cfg.merge_from_list(
        [
            *("MODEL.META_ARCHITECTURE", "RetinaNet", "MODEL.DEVICE", "cpu", "MODEL.WEIGHTS", ""),
            *("MODEL.BACKBONE.NAME", "build_retinanet_resnet_fpn_backbone"),
            *("MODEL.RESNETS.DEPTH", 18, "MODEL.RESNETS.RES2_OUT_CHANNELS", 64),
            *("MODEL.RESNETS.OUT_FEATURES", ["res3", "res4", "res5"]),
            *("MODEL.FPN.IN_FEATURES", ["res3", "res4", "res5"], "MODEL.FPN.OUT_CHANNELS", 16),
            *("MODEL.RETINANET.NUM_CLASSES", len(names), "MODEL.RETINANET.NUM_CONVS", 1),
            *("MODEL.ANCHOR_GENERATOR.SIZES", [[8], [16], [32], [64], [128]]),
            *("INPUT.MIN_SIZE_TRAIN", (32,), "SOLVER.MAX_ITER", 2, "OUTPUT_DIR", str(folder)),
            *("DATASETS.TEST", ()),
        ]
    )
    # TensorBoard is not installed.
    trainer = type("Quiet", (module.BalancedTrainer,), {"build_writers": lambda self: []})(cfg)
    before = [one.clone() for one in trainer.model.parameters()]
    trainer.train()
    assert any((a != b).any() for a, b in zip(before, trainer.model.parameters()))


def check_other_names_stop(module, case):
    images, names = images_of(case), names_of(case)
    cfg = cfg_of([*names, "nobody"], images)
    refuses(lambda: module.train_loader(cfg), "nobody")
    refuses(lambda: module.image_factors([[len(names)]], names), str(len(names)))
    first = max(range(len(names)), key=lambda index: module.IMAGES[names[index]])
    few = [index for index in range(len(names)) if index != first][0]
    too_many = [[few]] * (module.IMAGES[names[few]] + 1)
    warns(lambda: module.image_factors(too_many, names), str(few))
    assert not hasattr(module, "pwned")


def check_federated(module, case):
    names = names_of(case)
    cfg = cfg_of(names, images_of(case))
    refuses(lambda: module.use_federated_loss(cfg), "federated loss")
    # What versions after 0.6 have.
    cfg.MODEL.ROI_BOX_HEAD.USE_FED_LOSS = False
    module.use_federated_loss(cfg)
    images = MetadataCatalog.get("own_train").class_image_count
    assert [row["image_count"] for row in sorted(images, key=lambda row: row["id"])] == [
        case["counts"][case["classNames"].index(name)] for name in names
    ]
    assert cfg.MODEL.ROI_BOX_HEAD.USE_FED_LOSS and cfg.MODEL.ROI_BOX_HEAD.USE_SIGMOID_CE


def check_options(module, case):
    if case["stages"][-1]["sampler"]["repeats"] is None:
        assert not hasattr(module, "repeat_by_options")
        return
    images = images_of(case)
    cfg = cfg_of(names_of(case), images)
    shares = sorted(n / sum(case["counts"]) for n in case["counts"] if n > 0)
    middle = (shares[len(shares) // 2] + shares[(len(shares) - 1) // 2]) / 2
    # 0.6 always takes the square root; later versions ask.
    if not case["stages"][-1]["sampler"].get("squareRoot", True):
        refuses(lambda: module.repeat_by_options(cfg), "square root")
        cfg.DATALOADER.REPEAT_SQRT = True
    module.repeat_by_options(cfg)
    close([cfg.DATALOADER.REPEAT_THRESHOLD], [middle])
    assert cfg.DATALOADER.SAMPLER_TRAIN == "RepeatFactorTrainingSampler"
    theirs = RepeatFactorTrainingSampler.repeat_factors_from_category_frequency(
        records(images), cfg.DATALOADER.REPEAT_THRESHOLD
    )
    assert len(theirs) == len(images) and float(theirs.min()) >= 1


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
