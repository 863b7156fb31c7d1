"""What the modules for gradient boosting have in common: weights, loss, derivatives, start."""

import numpy as np
from checks import close, refuses
from mappings import all_labels, in_order, labels_in_order, mapping_of, order_of
from tabular import drawn_weights, names_of_labels, plain_names


def batch_of(case):
    logits = np.array(case["logits"])[:, order_of(case)]
    return logits, np.array(labels_in_order(case))


def sample_weights(case):
    weights = case["stages"][-1]["weights"] or [1.0] * len(case["counts"])
    return [a * b for a, b in zip(weights, drawn_weights(case))]


def check_weights(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    expected = np.array(in_order(case, sample_weights(case)))[labels]
    got = module.sample_weight(labels, mapping)
    if "weights.mean()" in open(module.__file__, encoding="utf8").read():
        expected = expected / expected.mean()
    close(got.tolist(), expected.tolist(), 1e-8)
    if plain_names(case):
        by_name = module.sample_weight(names_of_labels(case, labels))
        close(by_name.tolist(), got.tolist(), 1e-12)
    if len(mapping) == 2:
        negative, positive = in_order(case, sample_weights(case))
        close([module.scale_pos_weight(mapping)], [positive / negative], 1e-8)
    else:
        assert not hasattr(module, "scale_pos_weight")


def check_loss(module, case):
    logits, labels = batch_of(case)
    stage = case["stages"][-1]
    loss = module.make_loss(mapping_of(case))
    plain = loss.losses(logits, labels)
    close(plain.tolist(), stage["loss"]["plain"], 1e-7)
    # A batch's mean with the weights of its samples is ours, whichever way it is divided.
    if case["stages"][-1]["weights"] is not None:
        own = np.array(in_order(case, stage["weights"]))[labels]
        close((plain * own).tolist(), stage["loss"]["each"], 1e-7)
    refuses(lambda: loss.losses(logits[:, 1:], labels), "classes")


def check_derivatives(module, case):
    """Against differences, where a loss has any: far out both are 0 to a float64."""
    logits, labels = batch_of(case)
    logits = np.clip(logits, -8, 8)
    loss = module.make_loss(mapping_of(case))
    gradient, hessian = loss.gradients(logits, labels)
    assert np.isfinite(gradient).all() and np.isfinite(hessian).all()
    for j in range(logits.shape[1]):
        step = np.zeros(logits.shape[1])
        step[j] = 1e-5
        first = (loss.losses(logits + step, labels) - loss.losses(logits - step, labels)) / 2e-5
        assert np.abs(first - gradient[:, j]).max() < 1e-7 * max(1, np.abs(gradient).max())
        after, _ = loss.gradients(logits + step, labels)
        before, _ = loss.gradients(logits - step, labels)
        second = (after[:, j] - before[:, j]) / 2e-5
        assert np.abs(second - hessian[:, j]).max() < 1e-7 * max(1, np.abs(hessian).max())


def check_extremes_are_finite(module, case):
    logits, labels = batch_of(case)
    loss = module.make_loss(mapping_of(case))
    for part in loss.gradients(100 * logits, labels):
        assert np.isfinite(part).all()


def check_start_is_the_best_constant(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    loss_kind = case["stages"][-1]["loss"]["kind"]
    start = module.start_logits(mapping)
    counts = np.array(in_order(case, case["counts"]))
    assert (start[counts == 0] <= start[counts > 0].min() - 30).all()
    if loss_kind in ("focal", "ldam", "label-smoothing", "label-aware-smoothing"):
        return
    gradient, _ = module.make_loss(mapping).gradients(np.tile(start, (len(labels), 1)), labels)
    weights = module.sample_weight(labels, mapping)
    total = (gradient * weights[:, None]).sum(axis=0)
    assert np.abs(total).max() < 1e-6 * weights.sum(), total


def toy(case, share=0.05):
    """Features that say something of the class, for a small booster; ten samples a class at least."""
    counts = in_order(case, case["counts"])
    sizes = [max(min(n, 10), int(n * share)) for n in counts]
    labels = np.repeat(np.arange(len(counts)), sizes)
    random = np.random.default_rng(5)
    x = labels[:, None] % np.array([2, 3, 5]) + random.normal(size=(len(labels), 3))
    return x, labels


def is_plain_loss(case):
    return case["stages"][-1]["loss"]["kind"] == "cross-entropy"


def weighted_loss(module, case, logits, labels):
    mapping = mapping_of(case)
    losses = module.make_loss(mapping).losses(logits, labels)
    return (losses * module.sample_weight(labels, mapping)).mean()


def check_training_lowers_our_loss(module, case):
    """A few rounds, from the start: the loss of the config falls in each half."""
    mapping = mapping_of(case)
    x, labels = toy(case)
    found = [weighted_loss(module, case, np.tile(module.start_logits(mapping), (len(labels), 1)), labels)]
    for rounds in (4, 16):
        model = module.train(dict(module_params), x, labels, mapping, num_boost_round=rounds)
        logits = module.predict_logits(model, x, mapping)
        assert logits.shape == (len(labels), len(mapping))
        found.append(weighted_loss(module, case, logits, labels))
    assert found[0] > found[1] > found[2], found
    proba = module.predict_proba(model, x, mapping)
    close(proba.sum(axis=1).tolist(), [1.0] * len(labels), 1e-6)
    empty = np.array(in_order(case, case["counts"])) == 0
    assert (proba[:, empty] < 1e-9).all()


module_params = {}
