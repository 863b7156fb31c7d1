"""MMPretrain needs MMCV, which has no wheel here: sampler, loss, hook and configs run with MMEngine."""

import sys
import types

import numpy as np
import torch
from checks import cases, close, near, refuses, run
from mappings import all_labels, in_order, labels_in_order, order_of
from mmdata import DATA_SAMPLERS, HOOKS, MODELS, config_of, dataset_of
from objects import names_of


def last(case):
    return case["stages"][-1]


def built_on(module, case):
    """Sampler and loss as the exported config makes them, on a dataset of a hundredth of the counts."""
    names = names_of(case)
    labels = all_labels(case, 0.2 if sum(case["counts"]) > 3000 else 1)
    config = config_of(module, "class_balance_config.py", names)
    dataset = dataset_of([[label] for label in labels], names)
    sampler = DATA_SAMPLERS.build({**config.train_dataloader.sampler, "dataset": dataset})
    loss = MODELS.build(dict(config.model.head.loss))
    runner = types.SimpleNamespace(
        model=torch.nn.ModuleList([loss]),
        train_dataloader=types.SimpleNamespace(dataset=dataset),
        epoch=0,
    )
    (hook,) = [HOOKS.build(dict(one)) for one in config.custom_hooks]
    return labels, sampler, loss, hook, runner


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
    _, _, loss, hook, runner = built_on(module, case)
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
    close([float(loss(logits, labels, avg_factor=len(labels)))], [stage["loss"]["mean"]], 2e-5)
    close([float(loss(logits, labels, reduction_override="sum"))], [float(each.sum())], 2e-5)
    twice = loss(logits, labels, weight=torch.full((len(labels),), 2.0), reduction_override="none")
    close(twice.tolist(), (2 * each).tolist(), 2e-5)
    assert not loss.state_dict(), "checkpoints hold nothing of it"


def check_other_names_stop(module, case):
    _, _, _, hook, runner = built_on(module, case)
    names = names_of(case)
    other = dataset_of([[0]], [*names[1:], "nobody"])
    refuses(lambda: module.BalancedSampler(other), "nobody")
    runner.train_dataloader.dataset = other
    refuses(lambda: hook.before_train(runner), "nobody", repr(names[0])[1:-1])
    assert not hasattr(module, "pwned")


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
