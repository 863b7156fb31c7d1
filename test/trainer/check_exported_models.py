"""Runs the Keras code of exported models: folder → largest difference to the probabilities beside it."""

import importlib.util
import json
import pathlib
import sys

import numpy as np


def load(folder):
    spec = importlib.util.spec_from_file_location(folder.name, folder / "longtail_model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def samples_of(module, samples):
    if module.INPUT["kind"] != "image":
        return samples
    shape = ("height", "width", "channels")
    return [np.array(one["data"], "uint8").reshape([one[key] for key in shape]) for one in samples]


def difference(folder):
    module = load(folder)
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    got = module.predict(module.load_model(), samples_of(module, case["samples"]))
    wanted = np.array(case["probabilities"])
    assert got.shape == wanted.shape, (got.shape, wanted.shape)
    return float(np.abs(got - wanted).max())


def refusal(folder):
    # Weights of another network.
    module = load(folder)
    module.CLASSES.append("one more")
    try:
        module.load_model()
    except ValueError as error:
        return str(error)
    return ""


root = pathlib.Path(sys.argv[1])
folders = [root / name for name in sys.argv[2:]]
result = {folder.name: difference(folder) for folder in folders}
print(json.dumps({"differences": result, "refusal": refusal(folders[0])}))
