"""Detectron2 has no wheel: its few calls are stood in for, and our functions run with PyTorch."""

import sys
import types

import torch
from checks import cases, close, refuses, run, warns
from objects import factors_of, images_of, names_of


class Settings(dict):
    """As yacs: keys are attributes."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Sampler:
    def __init__(self, repeat_factors, *, shuffle=True, seed=None):
        self.repeat_factors, self.seed = repeat_factors, seed


class Metadata:
    pass


class Catalog(dict):
    def get(self, name):
        return self.setdefault(name, Metadata())


data = types.ModuleType("detectron2.data")
data.MetadataCatalog = Catalog()
data.build_detection_train_loader = lambda cfg, **options: options
samplers = types.ModuleType("detectron2.data.samplers")
samplers.RepeatFactorTrainingSampler = Sampler
engine = types.ModuleType("detectron2.engine")
engine.DefaultTrainer = type("DefaultTrainer", (), {})
sys.modules.update(
    {
        "detectron2": types.ModuleType("detectron2"),
        "detectron2.data": data,
        "detectron2.data.samplers": samplers,
        "detectron2.engine": engine,
    }
)
data.get_detection_dataset_dicts = lambda *_, **__: []


def cfg_of(case):
    data.MetadataCatalog.clear()
    data.MetadataCatalog.get("own_train").thing_classes = names_of(case)
    return Settings(
        DATASETS=Settings(TRAIN=("own_train",), PROPOSAL_FILES_TRAIN=()),
        DATALOADER=Settings(FILTER_EMPTY_ANNOTATIONS=True, REPEAT_SQRT=True),
        MODEL=Settings(KEYPOINT_ON=False, LOAD_PROPOSALS=False, ROI_BOX_HEAD=Settings()),
    )


def records(images):
    # Twice the same class in an image is one image of the class.
    return [{"annotations": [{"category_id": c} for c in [*own, *own]]} for own in images]


def check_factors(module, case):
    cfg, images = cfg_of(case), images_of(case)
    module.get_detection_dataset_dicts = lambda names, **_: records(images)
    loader = module.BalancedTrainer.build_train_loader(cfg)
    got = loader["sampler"].repeat_factors
    assert got.dtype == torch.float32
    close(got.tolist(), factors_of(case, images), 1e-6)
    assert len(loader["dataset"]) == len(got)


def check_other_names_stop(module, case):
    cfg, images = cfg_of(case), images_of(case)
    names = names_of(case)
    module.get_detection_dataset_dicts = lambda *_, **__: records(images)
    data.MetadataCatalog.get("own_train").thing_classes = [*names, "nobody"]
    refuses(lambda: module.train_loader(cfg), "nobody")
    refuses(lambda: module.image_factors([[len(names)]], names), str(len(names)))
    first = max(range(len(names)), key=lambda index: module.IMAGES[names[index]])
    few = [index for index in range(len(names)) if index != first][0]
    too_many = [[few]] * (module.IMAGES[names[few]] + 1)
    warns(lambda: module.image_factors(too_many, names), str(few))
    assert not hasattr(module, "pwned")


def check_federated(module, case):
    cfg = cfg_of(case)
    module.use_federated_loss(cfg)
    images = data.MetadataCatalog.get("own_train").class_image_count
    names = names_of(case)
    assert [row["image_count"] for row in sorted(images, key=lambda row: row["id"])] == [
        case["counts"][case["classNames"].index(name)] for name in names
    ]
    assert cfg.MODEL.ROI_BOX_HEAD.USE_FED_LOSS and cfg.MODEL.ROI_BOX_HEAD.USE_SIGMOID_CE


def check_options(module, case):
    if case["stages"][-1]["sampler"]["repeats"] is None:
        assert not hasattr(module, "repeat_by_options")
        return
    cfg = module.repeat_by_options(cfg_of(case))
    shares = sorted(n / sum(case["counts"]) for n in case["counts"] if n > 0)
    middle = (shares[len(shares) // 2] + shares[(len(shares) - 1) // 2]) / 2
    close([cfg.DATALOADER.REPEAT_THRESHOLD], [middle])
    assert cfg.DATALOADER.SAMPLER_TRAIN == "RepeatFactorTrainingSampler"


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
