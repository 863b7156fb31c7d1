import sys

import boosting
import numpy as np
import xgboost
from boosting import *  # noqa: F403: checks are found by their names
from boosting import is_plain_loss, toy
from checks import cases, run
from mappings import mapping_of
from tabular import check_other_names_stop, check_probabilities  # noqa: F401

boosting.module_params.update({"max_depth": 3, "eta": 0.3, "nthread": 1, "seed": 1})


def check_plain_objective_is_the_own_one(module, case):
    """Trees of our derivatives are those of multi:softprob, from the same start and weights."""
    if not is_plain_loss(case):
        return
    mapping = mapping_of(case)
    x, labels = toy(case)
    params = {**boosting.module_params, "num_class": len(mapping), "objective": "multi:softprob"}
    own = xgboost.train(params, module.make_data(x, labels, mapping), 8)
    ours = module.train(boosting.module_params, x, labels, mapping, num_boost_round=8)
    wanted = own.predict(module.make_data(x, None, mapping))
    got = module.predict_proba(ours, x, mapping)
    assert np.abs(got - wanted).max() < 1e-3, np.abs(got - wanted).max()


def check_two_classes(module, case):
    """scale_pos_weight and sample weights fit the same, but for a factor of all weights."""
    if len(case["classNames"]) != 2:
        return
    mapping = mapping_of(case)
    x, labels = toy(case, 1)
    params = {
        **boosting.module_params,
        **{"objective": "binary:logistic", "lambda": 0, "min_child_weight": 0, "base_score": 0.5},
        # Bins of a histogram depend on the weights of the samples.
        "tree_method": "exact",
    }
    weighted = xgboost.DMatrix(x, label=labels, weight=module.sample_weight(labels, mapping))
    plain = xgboost.DMatrix(x, label=labels)
    scaled = {**params, "scale_pos_weight": module.scale_pos_weight(mapping)}
    one = xgboost.train(params, weighted, 4).predict(plain)
    two = xgboost.train(scaled, plain, 4).predict(plain)
    assert np.abs(one - two).max() < 1e-4, np.abs(one - two).max()


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
