"""MMPretrain or MMDetection with all it registers, and exported configs on top of a user's."""

import importlib
import pathlib

import checks
from mmengine.config import Config
from mmengine.registry import DATA_SAMPLERS, HOOKS, MODELS


def framework(name):
    """Its registries; what a config names is looked for there first."""
    importlib.import_module(f"{name}.utils").register_all_modules(init_default_scope=True)
    return importlib.import_module(f"{name}.registry")


def folder_of(module):
    return pathlib.Path(module.__file__).parent


def config_of(module, file, base):
    """A config beside the module on top of the user's, or None where the case has none."""
    folder = folder_of(module)
    if not (folder / file).exists():
        return None
    lines = [f"{name} = {value!r}" for name, value in base.items()]
    (folder / "base.py").write_text("\n".join(lines) + "\n", encoding="utf8")
    return Config.fromfile(folder / file, import_custom_modules=False)


def load_anew(path):
    """A case's module: the classes of the case before have the same names."""
    for registry in (DATA_SAMPLERS, HOOKS, MODELS):
        for name in ("RepeatFactorSampler", "BalancedSampler", "BalancedLoss", "ClassBalanceHook"):
            registry.module_dict.pop(name, None)
    return load(path)


load = checks.load
checks.load = load_anew
