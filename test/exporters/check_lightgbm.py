import sys

import boosting
import lightgbm
import numpy as np
from boosting import *  # noqa: F403: checks are found by their names
from boosting import is_plain_loss, toy
from checks import cases, run
from mappings import mapping_of
from tabular import check_other_names_stop, check_probabilities  # noqa: F401

boosting.module_params.update(
    {
        **{"num_leaves": 7, "learning_rate": 0.3, "min_data_in_leaf": 1, "num_threads": 1},
        **{"seed": 1, "verbosity": -1, "deterministic": True, "force_col_wise": True},
        **{"lambda_l2": 1.0},
    }
)


def check_plain_objective_is_the_own_one(module, case):
    """Trees of our derivatives are those of multiclass, from the same start and weights."""
    if not is_plain_loss(case) or 0 in case["counts"]:
        return
    mapping = mapping_of(case)
    x, labels = toy(case)
    params = {**boosting.module_params, "num_class": len(mapping), "objective": "multiclass"}
    own = lightgbm.train(params, module.make_data(x, labels, mapping), 8)
    ours = module.train(boosting.module_params, x, labels, mapping, num_boost_round=8)
    wanted = own.predict(x, raw_score=True)
    got = ours.predict(x, raw_score=True)
    assert np.abs(got - wanted).max() < 1e-3, np.abs(got - wanted).max()


def check_the_start_is_not_in_the_model(module, case):
    mapping = mapping_of(case)
    x, labels = toy(case)
    model = module.train(boosting.module_params, x, labels, mapping, num_boost_round=2)
    got = module.predict_logits(model, x, mapping) - model.predict(x, raw_score=True)
    assert np.abs(got - module.start_logits(mapping)).max() < 1e-9


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
