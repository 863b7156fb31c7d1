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
    if not hasattr(module, "PICTURE"):
        return samples
    shape = ("height", "width", "channels")
    return [np.array(one["data"], "uint8").reshape([one[key] for key in shape]) for one in samples]


def difference(module, model, folder):
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    got = module.predict(model, samples_of(module, case["samples"]))
    wanted = np.array(case["probabilities"])
    assert got.shape == wanted.shape, (got.shape, wanted.shape)
    return float(np.abs(got - wanted).max())


def files(module, model, folder):
    # Files of pictures as the module opens them, each with its largest difference.
    wanted = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    got = module.predict(model, [module.open_picture(one["path"]) for one in wanted])
    differences = {}
    for one, row in zip(wanted, got):
        own = {guess["name"]: guess["probability"] for guess in one["guesses"]}
        name = pathlib.Path(one["path"]).name
        differences[name] = max(abs(p - own[c]) for c, p in zip(module.CLASSES, row))
    return differences


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
result = {"differences": {}, "files": {}, "refusal": refusal(folders[0])}
for own in folders:
    module = load(own)
    model = module.load_model()
    result["differences"][own.name] = difference(module, model, own)
    if (own / "files.json").exists():
        result["files"][own.name] = files(module, model, own)
print(json.dumps(result))
