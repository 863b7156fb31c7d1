"""Runs every function named check_* of a module and prints what each did, as JSON."""

import importlib.util
import json
import pathlib
import sys
import traceback
import warnings


def load(path):
    spec = importlib.util.spec_from_file_location("snippet", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def close(got, expected, tolerance=1e-5):
    assert len(got) == len(expected), (got, expected)
    for a, b in zip(got, expected):
        assert abs(a - b) <= tolerance * max(1, abs(b)), (got, expected)


def refuses(act, *parts):
    try:
        act()
    except ValueError as error:
        for part in parts:
            assert part in str(error), str(error)
        return
    raise AssertionError("nothing was raised")


def warns(act, part):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act()
    assert any(part in str(warning.message) for warning in caught), caught


def near(got, expected, draws):
    """Shares of draws: six standard deviations of a binomial share, one false alarm in 10^9."""
    assert len(got) == len(expected), (got, expected)
    for a, p in zip(got, expected):
        assert abs(a - p) <= 6 * (p * (1 - p) / draws) ** 0.5 + 1e-4, (got, expected)


def cases(checks, file, folder):
    """Every check_* for every case below a folder: `check` gets the module and what is expected.

    Those named check_labels_* are for samples with any number of labels, the others for one label.
    """
    made = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        expected = json.loads((path / "case.json").read_text(encoding="utf8"))
        expected["name"] = path.name
        for name, check in checks.items():
            if not name.startswith("check_"):
                continue
            if name.startswith("check_labels_") != (expected.get("task") == "multi-label"):
                continue

            def one(_, check=check, path=path, expected=expected):
                check(load(path / file), expected)

            made[f"{name}: {path.name}"] = one
    return made


def run(checks, folder):
    results = {}
    for name, check in sorted(checks.items()):
        if not name.startswith("check_"):
            continue
        try:
            check(folder)
            results[name] = None
        except Exception:
            results[name] = traceback.format_exc()
    json.dump(results, sys.stdout)
