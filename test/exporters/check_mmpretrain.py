"""Runs with MMPretrain on MMCV without its compiled operators, which no classifier here needs."""

import sys
import types

import cv2
import numpy as np
import torch
from checks import cases, close, near, refuses, run
from mappings import all_labels, in_order, labels_in_order, order_of
from mmdata import config_of, folder_of, framework
from objects import names_of

registry = framework("mmpretrain")

from mmengine.runner import Runner  # noqa: E402
from mmpretrain.structures import DataSample  # noqa: E402


def last(case):
    return case["stages"][-1]


def dataset_config(module, labels, names):
    """A list file of pictures, as `CustomDataset` reads it."""
    folder = folder_of(module)
    lines = [f"{index}.png {label}" for index, label in enumerate(labels)]
    (folder / "train.txt").write_text("\n".join(lines), encoding="utf8")
    return dict(
        type="CustomDataset",
        data_root=str(folder),
        ann_file="train.txt",
        metainfo=dict(classes=names),
        pipeline=[dict(type="LoadImageFromFile"), dict(type="PackInputs")],
    )


def base_of(module, labels, names):
    """What a user's config has of these."""
    return dict(
        model=dict(
            type="ImageClassifier",
            backbone=dict(type="ResNet", depth=18, stem_channels=8, base_channels=8),
            neck=dict(type="GlobalAveragePooling"),
            head=dict(
                type="LinearClsHead",
                num_classes=len(names),
                in_channels=64,
                loss=dict(type="CrossEntropyLoss", loss_weight=1.0),
            ),
        ),
        train_dataloader=dict(
            batch_size=8,
            num_workers=0,
            sampler=dict(type="DefaultSampler", shuffle=True),
            dataset=dataset_config(module, labels, names),
        ),
    )


def built_on(module, case):
    """Sampler, head and hook as the exported config makes them, on a part of the counts."""
    names = names_of(case)
    labels = all_labels(case, 0.2 if sum(case["counts"]) > 3000 else 1)
    config = config_of(module, "class_balance_config.py", base_of(module, labels, names))
    dataset = registry.DATASETS.build(config.train_dataloader.dataset)
    sampler = registry.DATA_SAMPLERS.build({**config.train_dataloader.sampler, "dataset": dataset})
    # A head without a layer of its own: what it gets are logits.
    head = registry.MODELS.build(dict(type="ClsHead", loss=config.model.head.loss))
    runner = types.SimpleNamespace(
        model=head, train_dataloader=types.SimpleNamespace(dataset=dataset), epoch=0
    )
    (hook,) = [registry.HOOKS.build(dict(one)) for one in config.custom_hooks]
    return labels, sampler, head, hook, runner


def check_shares(module, case):
    labels, sampler, _, _, _ = built_on(module, case)
    stage = last(case)
    expected = stage["sampler"]
    if stage["switchAt"] > 0:
        assert sorted(sampler) == list(range(len(labels)))
    sampler.set_epoch(stage["epochs"] - 1)
    drawn = list(sampler)
    assert len(drawn) == len(sampler)
    got = np.bincount(np.asarray(labels)[drawn], minlength=len(case["classNames"]))
    if len(labels) == sum(case["counts"]):
        assert len(drawn) == expected["draws"]
        near((got / got.sum()).tolist(), in_order(case, expected["shares"]), len(drawn))
    assert list(sampler) == drawn, "seed and epoch decide"


def check_loss(module, case):
    _, _, head, hook, runner = built_on(module, case)
    loss = head.loss_module
    stage = last(case)
    logits = torch.tensor(case["logits"])[:, order_of(case)]
    labels = torch.tensor(labels_in_order(case))
    refuses(lambda: loss(logits, labels), "ClassBalanceHook")
    hook.before_train(runner)
    if stage["switchAt"] > 0 and stage["weights"] is not None:
        each = loss(logits, labels, reduction_override="none")
        close(each.tolist(), stage["loss"]["plain"], 2e-5)
    runner.epoch = stage["switchAt"]
    hook.before_train_epoch(runner)
    each = loss(logits, labels, reduction_override="none")
    close(each.tolist(), stage["loss"]["each"], 2e-5)
    samples = [DataSample().set_gt_label(int(label)) for label in labels]
    close([float(head.loss((logits,), samples)["loss"])], [stage["loss"]["mean"]], 2e-5)
    close([float(loss(logits, labels, reduction_override="sum"))], [float(each.sum())], 2e-5)
    twice = loss(logits, labels, weight=torch.full((len(labels),), 2.0), reduction_override="none")
    close(twice.tolist(), (2 * each).tolist(), 2e-5)
    assert not loss.state_dict(), "checkpoints hold nothing of it"


def check_other_names_stop(module, case):
    _, _, _, hook, runner = built_on(module, case)
    names = names_of(case)
    other = registry.DATASETS.build(dataset_config(module, [0], [*names[1:], "nobody"]))
    refuses(lambda: module.BalancedSampler(other), "nobody")
    runner.train_dataloader.dataset = other
    refuses(lambda: hook.before_train(runner), "nobody", repr(names[0])[1:-1])
    assert not hasattr(module, "pwned")


def check_their_own_wrapper(module, case):
    names = names_of(case)
    labels = all_labels(case, 0.05)
    config = config_of(
        module, "class_balanced_dataset_config.py", base_of(module, labels, names)
    )
    if last(case)["sampler"]["repeats"] is None:
        assert config is None
        return
    wrapped = registry.DATASETS.build(config.train_dataloader.dataset)
    assert list(wrapped.metainfo["classes"]) == names
    assert len(wrapped) >= len(labels)


def check_a_training(module, case):
    """Their runner trains by the exported config, which finds the module by its name."""
    if case["name"] not in ("names-of-all-kinds", "loss-ldam-deferred"):
        return
    names, folder = names_of(case), folder_of(module)
    labels = list(range(len(names))) * 2
    for index in range(len(labels)):
        cv2.imwrite(str(folder / f"{index}.png"), np.full((32, 32, 3), 9 * index, np.uint8))
    base = dict(
        base_of(module, labels, names),
        work_dir=str(folder / "work"),
        data_preprocessor=dict(num_classes=len(names), mean=[127.5] * 3, std=[127.5] * 3),
        optim_wrapper=dict(optimizer=dict(type="SGD", lr=0.01)),
        train_cfg=dict(by_epoch=True, max_epochs=2),
        default_hooks=dict(checkpoint=None, logger=None),
        log_level="ERROR",
    )
    config = config_of(module, "class_balance_config.py", base)
    runner = Runner.from_cfg(config)
    before = [one.clone() for one in runner.model.parameters()]
    runner.train()
    assert type(runner.train_dataloader.sampler).__name__ == "BalancedSampler"
    (loss,) = [one for one in runner.model.modules() if type(one).__name__ == "BalancedLoss"]
    assert loss.made, "the hook gave it the order of the classes"
    assert any((a != b).any() for a, b in zip(before, runner.model.parameters()))


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
