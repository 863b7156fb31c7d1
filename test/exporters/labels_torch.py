"""Checks of code for PyTorch and samples with any number of labels."""

import torch
from checks import close, near, refuses
from mappings import in_order, mapping_of, order_of


def all_targets(case):
    return torch.tensor(case["targets"])[:, order_of(case)]


def check_labels_shares(module, case):
    targets = all_targets(case)
    sampler = module.make_sampler(targets.tolist(), mapping_of(case), seed=3)
    if case["switchAt"] > 0:
        assert sorted(iter(sampler)) == list(range(len(targets)))
    counted = torch.zeros(len(targets))
    epochs = 30
    for epoch in range(epochs):
        sampler.set_epoch(case["epochs"] - 1 + epoch)
        drawn = torch.tensor(list(sampler))
        assert len(drawn) == case["draws"], (len(drawn), case["draws"])
        counted += torch.bincount(drawn, minlength=len(targets))
    draws = epochs * case["draws"]
    got = (counted[:, None] * targets).sum(0) / draws
    near(got.tolist(), in_order(case, case["labelShares"]), draws)
    near((counted / draws).tolist(), case["sampleShares"], draws)
    sampler.set_epoch(case["epochs"] - 1)
    first = list(sampler)
    assert list(sampler) != first, "the next epoch draws anew"
    sampler.set_epoch(case["epochs"] - 1)
    assert list(sampler) == first, "seed and epoch decide"


def check_labels_distributed(module, case):
    targets, mapping = all_targets(case), mapping_of(case)
    whole = module.make_sampler(targets, mapping, seed=1)
    whole.set_epoch(7)
    drawn, parts = list(whole), []
    for rank in range(3):
        part = module.make_sampler(targets, mapping, seed=1, num_replicas=3, rank=rank)
        part.set_epoch(7)
        parts.append(list(part))
        assert len(parts[-1]) == len(part) == -(-len(drawn) // 3)
    together = [parts[i % 3][i // 3] for i in range(3 * len(parts[0]))]
    assert together[: len(drawn)] == drawn, "the parts are the whole"


def batch_of(case):
    order = order_of(case)
    logits = torch.tensor(case["batch"]["logits"], dtype=torch.float32)[:, order]
    return logits, torch.tensor(case["batch"]["targets"], dtype=torch.float32)[:, order]


def check_labels_loss(module, case):
    mapping = mapping_of(case)
    logits, targets = batch_of(case)
    each = module.make_loss(mapping, reduction="none")
    mean = module.make_loss(mapping)
    last = module.make_loss(mapping, reduction="none", class_dim=-1)
    close(each(logits, targets).tolist(), case["each"], 2e-5)
    close([float(mean(logits, targets))], [case["mean"]], 2e-5)
    close([float(mean(logits, targets.long()))], [case["mean"]], 2e-5)
    for shape in ((2, -1), (2, 2, -1)):
        grid = [one.reshape(*shape, len(mapping)) for one in (logits, targets)]
        close(last(*grid).flatten().tolist(), case["each"], 2e-5)
        close(each(*(one.movedim(-1, 1) for one in grid)).flatten().tolist(), case["each"], 2e-5)
    # What is ignored counts for nothing: whole samples, and single labels.
    some = targets.clone()
    some[::2] = -100
    close([float(mean(logits, some))], [float(mean(logits[1::2], targets[1::2]))], 2e-5)
    assert float(mean(logits, torch.full_like(targets, -100))) == 0
    one = targets.clone()
    one[:, 0] = -100
    other = logits.clone()
    other[:, 0] = 3
    close(each(logits, one).tolist(), each(other, one).tolist(), 2e-5)
    refuses(lambda: mean(logits[:, 1:], targets[:, 1:]), "classes")
    refuses(lambda: mean(logits, targets.argmax(1)), "targets")
    moved = logits.clone().requires_grad_()
    mean(moved, targets).backward()
    assert torch.isfinite(moved.grad).all()


def check_labels_start(module, case):
    layer = torch.nn.Linear(4, len(case["classNames"]))
    module.start_at_shares(layer, mapping_of(case))
    close(layer.bias.tolist(), in_order(case, case["start"]))


def check_labels_other_names_stop(module, case):
    mapping = mapping_of(case)
    other = {**mapping, "nobody": len(mapping)}
    refuses(lambda: module.make_loss(other), "nobody")
    refuses(lambda: module.make_sampler([[0]], list(mapping)[1:]), repr(list(mapping)[0]))
    refuses(lambda: module.make_sampler([0, 1], mapping), "matrix")
    assert case["leftOut"] == [], case["leftOut"]
    assert not hasattr(module, "pwned")
