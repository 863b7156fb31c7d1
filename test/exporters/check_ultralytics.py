"""The trainer of an export: its loader and its loss without pictures, and some training with them."""

import sys
import types

import numpy as np
import torch
from checks import cases, close, near, refuses, run
from mappings import all_labels, in_order, labels_in_order, order_of
from objects import factors_of, images_of, names_of
from ultralytics.models.yolo.detect import DetectionTrainer
from yolo_training import train_classifier, train_detector


class Images(torch.utils.data.Dataset):
    """As YOLODataset keeps labels, a column of class numbers an image, or ClassificationDataset."""

    torch_transforms = None

    def __init__(self, images):
        self.samples = [[f"{i}.png", own[0] if own else 0] for i, own in enumerate(images)]
        self.labels = [{"cls": np.array(own, dtype=np.float32).reshape(-1, 1)} for own in images]

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return torch.tensor(index)


def trainer_of(module, images, names, **args):
    # Made without its constructor, which looks for a model and downloads it.
    trainer = module.BalancedTrainer.__new__(module.BalancedTrainer)
    trainer.args = types.SimpleNamespace(rect=False, workers=0, compile=False, cls_pw=0.0, **args)
    trainer.data = {"names": dict(enumerate(names)), "nc": len(names)}
    trainer.device = torch.device("cpu")
    trainer.model = types.SimpleNamespace()
    trainer.build_dataset = lambda *_, **__: Images(images)
    return trainer


def is_objects(case):
    return case["task"] == "detection"


def epoch_of(loader):
    return torch.cat(list(loader)).tolist()


def check_images_of_one_class(module, case):
    if is_objects(case):
        return
    names, stage = names_of(case), case["stages"][-1]
    labels = all_labels(case)
    images = [[label] for label in labels]
    loader = trainer_of(module, images, names).get_dataloader("train", 256, -1, "train")
    for epoch in range(stage["epochs"] - stage["switchAt"]):
        drawn = epoch_of(loader)
    assert len(drawn) == stage["sampler"]["draws"]
    got = np.bincount(np.asarray(labels)[drawn], minlength=len(names)) / len(drawn)
    if stage["switchAt"] == 0:
        near(got.tolist(), in_order(case, stage["sampler"]["shares"]), len(drawn))


def check_epochs(module, case):
    if not is_objects(case):
        return
    images, names = images_of(case), names_of(case)
    factors = factors_of(case, images)
    loader = trainer_of(module, images, names).get_dataloader("train", 16, -1, "train")
    epochs = 40
    seen = np.zeros(len(images))
    first = None
    for _ in range(epochs):
        drawn = epoch_of(loader)
        first = first or drawn
        assert len(drawn) == round(sum(factors)) == len(loader.sampler)
        times = np.bincount(drawn, minlength=len(images))
        assert np.all(times >= np.floor(factors)), "the whole part is certain"
        seen += times
    fraction = np.asarray(factors) - np.floor(factors)
    apart = np.abs(seen / epochs - factors)
    assert np.all(apart <= 6 * np.sqrt(fraction * (1 - fraction) / epochs) + 2 / epochs)
    again = trainer_of(module, images, names).get_dataloader("train", 16, -1, "train")
    assert epoch_of(again) == first, "seed and epoch decide"
    assert epoch_of(again) != first, "the next epoch draws anew"
    plain = trainer_of(module, images, names).get_dataloader("val", 16, -1, "val")
    assert sorted(epoch_of(plain)) == list(range(len(images)))


def check_the_parts_of_a_distributed_run(module, case):
    if not is_objects(case):
        return
    images, names = images_of(case), names_of(case)
    draw = module.draws_of(Images(images), {name: index for index, name in enumerate(names)})
    whole = draw(0).tolist()
    samplers = [module.BalancedSampler(draw, 3, rank) for rank in range(3)]
    parts = [list(sampler) for sampler in samplers]
    together = [parts[i % 3][i // 3] for i in range(3 * len(parts[0]))]
    assert together[: len(whole)] == whole
    resumed = module.BalancedSampler(draw, 3, 0)
    resumed.set_epoch(1)
    assert list(resumed) == list(samplers[0])


def check_other_names_stop(module, case):
    images = images_of(case) if is_objects(case) else [[0]]
    names = names_of(case)
    other = trainer_of(module, images, [*names, "nobody"])
    refuses(lambda: other.get_dataloader("train", 16, -1, "train"), "nobody")
    other = trainer_of(module, images, names)
    other.args.rect = True
    refuses(lambda: other.get_dataloader("train", 16, -1, "train"), "rect")
    assert not hasattr(module, "pwned")


def check_class_weights(module, case):
    weights = case["stages"][-1]["weights"]
    if not is_objects(case) or weights is None or "weights" in case["leftOut"]:
        return
    real = DetectionTrainer.__init__
    DetectionTrainer.__init__ = lambda *_, **__: None
    try:
        module.BalancedTrainer.args = types.SimpleNamespace(cls_pw=0.0)
        trainer = module.BalancedTrainer()
    finally:
        DetectionTrainer.__init__ = real
    assert trainer.args.cls_pw in (0.5, 1.0)
    theirs = DetectionTrainer.compute_class_weights(trainer, np.array(case["counts"], dtype=float))
    pairs = [(a, b) for a, b, n in zip(theirs, weights, case["counts"]) if n > 0]
    close([a / b for a, b in pairs], [pairs[0][0] / pairs[0][1]] * len(pairs), 1e-6)


def check_loss(module, case):
    if is_objects(case):
        return
    logits = torch.tensor(case["logits"])[:, order_of(case)]
    batch = {"cls": torch.tensor(labels_in_order(case))}
    data = {"names": dict(enumerate(names_of(case)))}
    criterion = module.BalancedCriterion(module.make_loss(module.names_of(data)))
    expected = case["stages"][-1]["loss"]["mean"]
    for preds in (logits, (logits.softmax(-1), logits)):
        loss, parts = criterion(preds, batch)
        close([float(loss), float(parts["loss"])], [expected, expected], 2e-5)


def check_training(module, case):
    """A few real epochs: of names of all kinds, of class weights, of repeated pictures."""
    if case["name"] in ("names-of-all-kinds", "weights-balanced"):
        train_classifier(module, case)
    if case["name"] == "weights-balanced-of-objects":
        assert train_detector(module, case).args.cls_pw == 1.0


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
