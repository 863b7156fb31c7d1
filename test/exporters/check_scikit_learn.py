import sys

import numpy as np
from checks import cases, near, run
from mappings import all_labels, in_order, mapping_of
from sklearn.linear_model import LogisticRegression
from tabular import (  # noqa: F401: their names are how they are found
    check_other_names_stop,
    check_probabilities,
    check_weights,
    loss_is_left_out,
    names_of_labels,
    plain_names,
)


def check_draws(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    sampler = case["stages"][-1]["sampler"]
    if sampler["kind"] == "instance":
        assert not hasattr(module, "resampled")
        return
    positions = np.arange(len(labels))
    rows, y = module.resampled(positions, labels, mapping, seed=3)
    assert len(rows) == sampler["draws"], (len(rows), sampler["draws"])
    assert (labels[rows] == y).all()
    got = np.bincount(y, minlength=len(mapping)) / len(y)
    near(got.tolist(), in_order(case, sampler["shares"]), len(y))
    again, _ = module.resampled(positions, labels, mapping, seed=3)
    assert again.tolist() == rows.tolist(), "the seed decides"
    if plain_names(case):
        by_name, _ = module.resampled(positions, names_of_labels(case, labels), seed=3)
        assert by_name.tolist() == rows.tolist()


def check_split(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    kept, held = module.stratified_split(labels, mapping, share=0.25)
    assert sorted([*kept, *held]) == list(range(len(labels)))
    for n, left in zip(in_order(case, case["counts"]), np.bincount(labels[held], minlength=len(mapping))):
        assert left == (0 if n < 2 else max(1, min(round(n / 4), n - 1))), (n, left)


def check_estimator(module, case):
    """Fitted without features an estimator knows only the shares: those that the file says."""
    mapping, labels = mapping_of(case), np.array(all_labels(case, 1))
    x, y = np.zeros((len(labels), 1)), labels
    options = {}
    if hasattr(module, "class_weight"):
        options["class_weight"] = module.class_weight(mapping)
    if hasattr(module, "resampled"):
        x, y = module.resampled(x, y, mapping)
    model = LogisticRegression(C=1e12, tol=1e-10, max_iter=5000, **options).fit(x, y)
    proba = model.predict_proba([[0.0]])
    got = module.data_proba(proba, model.classes_, mapping)[0]
    prior = np.array(in_order(case, case["prior"]))[model.classes_]
    # As exactly as the optimizer ends and the draws are: they are whole samples, and by chance.
    tolerance = 0.25 if hasattr(module, "resampled") else 0.02
    assert np.abs(got / prior - 1).max() < tolerance, (got, prior)


def check_threshold(module, case):
    if len(case["classNames"]) != 2:
        assert not hasattr(module, "with_threshold")
        return
    random = np.random.default_rng(1)
    y = (random.random(400) < 0.05).astype(int)
    y[:5] = 1
    x = (2 * y + random.normal(size=400))[:, None]
    plain = LogisticRegression().fit(x, y)
    tuned = module.with_threshold(LogisticRegression()).fit(x, y)
    assert tuned.best_threshold_ < 0.5
    assert tuned.predict(x)[y == 1].mean() > plain.predict(x)[y == 1].mean()


def check_left_out(module, case):
    kind = case["stages"][-1]["loss"]["kind"]
    assert loss_is_left_out(case) == (kind != "cross-entropy")


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
