"""What the modules for tables have in common: labels, class weights and probabilities."""

import numpy as np
from checks import close, refuses
from mappings import all_labels, in_order, mapping_of, order_of


def names_of_labels(case, labels):
    """The class names themselves, as a column of a table holds them."""
    names = list(mapping_of(case))
    return [names[label] for label in labels]


def plain_names(case):
    """NumPy ends a string at a NUL and cannot hold half a character: integers only, for such names."""
    return all(name.isprintable() for name in case["classNames"])


def drawn_weights(case):
    """How often an item of a class is drawn in an epoch, from our shares."""
    sampler = case["stages"][-1]["sampler"]
    return [
        share * sampler["draws"] / count if count > 0 else 0.0
        for share, count in zip(sampler["shares"], case["counts"])
    ]


def loss_is_left_out(case):
    return "loss" in case["leftOut"]


def trained_shares(case):
    """By our own rule for what a softmax learns: share drawn times weight, and a loss's own shift."""
    if not loss_is_left_out(case):
        return case["trainedPrior"]
    stage = case["stages"][-1]
    weights = stage["weights"] or [1.0] * len(case["counts"])
    values = [a * b for a, b in zip(stage["sampler"]["shares"], weights)]
    return [value / sum(values) for value in values]


def check_weights(module, case):
    weights = case["stages"][-1]["weights"]
    if weights is None:
        assert not hasattr(module, "class_weight")
        return
    mapping, labels = mapping_of(case), all_labels(case)
    expected = in_order(case, weights)
    assert list(module.class_weight(mapping)) == list(range(len(mapping)))
    close(list(module.class_weight(mapping).values()), expected, 1e-9)
    by_name = module.class_weight()
    close([by_name[name] for name in mapping], expected, 1e-9)
    got = module.sample_weight(labels, mapping)
    if "weights.mean()" in open(module.__file__, encoding="utf8").read():
        close([got.mean()], [1.0], 1e-12)
        mean = np.array(expected)[labels].mean()
    else:
        mean = 1.0
    close((got * mean).tolist(), np.array(expected)[labels].tolist(), 1e-9)
    close(module.sample_weight(names_of_labels(case, labels)).tolist(), got.tolist(), 1e-12)


def check_probabilities(module, case):
    """p * wanted / trained, against the same in numbers of ours."""
    mapping, order = mapping_of(case), order_of(case)
    names = list(mapping)
    kept = [j for j, n in enumerate(in_order(case, case["counts"])) if n > 0]
    logits = np.array(case["logits"])[:, order][:, kept]
    logits = np.clip(logits, -30, 30)
    proba = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    trained = np.array(in_order(case, trained_shares(case)))[kept]
    prior = np.array(in_order(case, case["prior"]))[kept]

    def moved(offsets):
        scores = np.exp(logits + offsets - (logits + offsets).max(axis=1, keepdims=True))
        return (scores / scores.sum(axis=1, keepdims=True)).ravel().tolist()

    wanted = moved(np.log(prior / trained))
    close(module.data_proba(proba, kept, mapping).ravel().tolist(), wanted, 1e-7)
    classes = [names[j] for j in kept]
    close(module.data_proba(proba, classes).ravel().tolist(), wanted, 1e-7)
    refuses(lambda: module.data_proba(proba, ["nobody", *classes[1:]]), "nobody")
    posthoc = case["posthoc"]
    if posthoc["kind"] != "logit-adjustment":
        assert not hasattr(module, "correct_proba")
        return
    if posthoc["tau"] == "auto":
        labels = np.array([kept[i % len(kept)] for i in range(len(proba))])
        assert 0 <= module.choose_tau(proba, labels, kept, mapping) <= 2
        return
    offsets = np.array(in_order(case, [0 if o is None else o for o in case["posthocOffsets"]]))
    got = module.correct_proba(proba, kept, mapping)
    close(got.ravel().tolist(), moved(offsets[kept]), 1e-7)


def check_other_names_stop(module, case):
    mapping = mapping_of(case)
    other = {**mapping, "nobody": len(mapping)}
    refuses(lambda: module.indices_of([0], other), "nobody")
    refuses(lambda: module.indices_of(["nobody"]), "nobody")
    refuses(lambda: module.indices_of([len(mapping)], mapping), "outside")
    assert not hasattr(module, "pwned")
