import sys

import numpy as np
from checks import cases, run
from imblearn.pipeline import make_pipeline
from mappings import all_labels, in_order, mapping_of
from sklearn.linear_model import LogisticRegression
from tabular import (  # noqa: F401: their names are how they are found
    check_other_names_stop,
    check_probabilities,
    check_weights,
    drawn_weights,
    names_of_labels,
    plain_names,
)


def wanted_sizes(case):
    ratios = in_order(case, drawn_weights(case))
    return [n * ratio for n, ratio in zip(in_order(case, case["counts"]), ratios)]


def samples(module, case):
    assert hasattr(module, "make_samplers") == (case["stages"][-1]["sampler"]["kind"] != "instance")
    return hasattr(module, "make_samplers")


def check_sizes(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    if not samples(module, case):
        return
    x, y = np.arange(len(labels))[:, None], labels
    for sampler in module.make_samplers(mapping):
        x, y = sampler.fit_resample(x, y)
    assert (labels[x.ravel()] == y).all()
    sizes = np.bincount(y, minlength=len(mapping))
    for n, own, size in zip(in_order(case, case["counts"]), wanted_sizes(case), sizes):
        # Whole samples, and one at least of a class that has any.
        assert abs(size - (max(1, own) if n > 0 else 0)) <= 0.5 + 1e-6 * own, (size, own)
    for j, n in enumerate(in_order(case, case["counts"])):
        rows = x.ravel()[y == j]
        # All samples of a class that grows, none twice of one that shrinks.
        assert len(set(rows)) == min(n, len(rows)), (n, len(rows))
    positions = module.resampled_positions(labels, mapping)
    assert np.bincount(labels[positions], minlength=len(mapping)).tolist() == sizes.tolist()


def check_strategy_is_by_class_name(module, case):
    labels = all_labels(case)
    if not samples(module, case) or not plain_names(case):
        return
    names = list(mapping_of(case))
    strategy = module.sampling_strategy(names_of_labels(case, labels))
    for name, n, own in zip(names, in_order(case, case["counts"]), wanted_sizes(case)):
        if n > 0:
            assert abs(strategy[name] - max(1, own)) <= 0.5 + 1e-6 * own, (name, strategy)


def check_pipeline(module, case):
    """Within a pipeline only what is fitted is resampled; a fold has its own counts."""
    if not samples(module, case):
        return
    mapping, labels = mapping_of(case), np.array(all_labels(case, 0.3))
    x = np.eye(len(mapping))[labels]
    model = make_pipeline(*module.make_samplers(mapping), LogisticRegression()).fit(x, labels)
    assert model.predict(x).shape == labels.shape
    seen = [len(y) for _, y in module.batches(x, labels, mapping, batch_size=16)]
    assert seen[0] == min(16, sum(seen))
    assert sum(seen) == len(module.resampled_positions(labels, mapping))


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
