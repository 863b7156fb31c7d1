"""Runs the code that a correction is written as, on the outputs it was made of. Argument: a folder
with, for every case, its code as <case>.py and what goes in and must come out as <case>.json.
Prints {case: null, or what went wrong} as JSON."""

import importlib.util
import json
import pathlib
import sys
import traceback
import warnings

import numpy as np


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sums_to_one(rows):
    assert np.allclose(rows.sum(axis=1), 1, rtol=0, atol=1e-12), rows.sum(axis=1)


def check_offsets(module, case):
    classes, logits = case["classes"], np.array(case["logits"])
    assert module.predict(logits, classes).tolist() == case["after"], "predict"
    # The columns of another model, and the class names as it has them.
    turned = module.predict(logits[:, ::-1], classes[::-1])
    assert [classes[::-1][j] for j in turned] == [classes[j] for j in case["after"]], "turned"
    corrected = module.correct_logits(logits, classes)
    finite = np.isfinite(corrected)
    assert (finite == np.isfinite(np.array(case["corrected"], dtype=np.float64))).all(), "finite"
    wanted = np.array(case["corrected"], dtype=np.float64)
    assert np.allclose(corrected[finite], wanted[finite], rtol=1e-12, atol=1e-12), "logits"
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    plain = exp / exp.sum(axis=1, keepdims=True)
    shifted = module.correct_probabilities(plain, classes)
    sums_to_one(shifted)
    assert np.allclose(shifted, np.array(case["probabilities"]), rtol=0, atol=1e-9), "probabilities"


def check_labels(module, case):
    logits = np.array(case["logits"])
    decided = module.predict(1 / (1 + np.exp(-logits)), case["classes"])
    assert decided.astype(int).tolist() == case["after"], "predict"


def check_tau_norm(module, case):
    decided = module.predict(case["features"], case["weights"])
    assert decided.tolist() == case["after"], "predict"


def check_means(module, case):
    classes = len(case["classes"])
    centre, means = module.fit(case["features"], case["labels"], classes)
    decided = module.predict(case["features"], centre, means)
    assert decided.tolist() == case["after"], "predict"


checks = {
    "offsets": check_offsets,
    "labels": check_labels,
    "tau-norm": check_tau_norm,
    "nearest-mean": check_means,
}


def run(path):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            case = json.loads(path.read_text(encoding="utf8"))
            checks[case["check"]](load(path.with_suffix(".py")), case)
        return None
    except Exception:
        return traceback.format_exc()


print(json.dumps({path.stem: run(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json"))}))
