"""A dataset of MMEngine with the images of a check, and exported configs on top of a user's."""

import pathlib

import checks
from mmengine.config import Config
from mmengine.dataset import BaseDataset
from mmengine.registry import DATA_SAMPLERS, DATASETS, HOOKS, MODELS

images = []


@DATASETS.register_module()
class Images(BaseDataset):
    def load_data_list(self):
        return [{"classes": own} for own in images]

    def get_cat_ids(self, idx):
        return self.get_data_info(idx)["classes"]


def dataset_of(own, names):
    images[:] = own
    return DATASETS.build(dict(type="Images", serialize_data=False, metainfo={"classes": names}))


def config_of(module, file, names):
    """A config beside the module, or None where the case has none."""
    folder = pathlib.Path(module.__file__).parent
    if not (folder / file).exists():
        return None
    (folder / "base.py").write_text(
        "train_dataloader = dict(batch_size=2, sampler=dict(type='DefaultSampler', shuffle=True), "
        f"dataset=dict(type='Images', serialize_data=False, metainfo=dict(classes={names!r})))\n"
        "model = dict(head=dict(loss=dict(type='CrossEntropyLoss', loss_weight=1.0)))\n",
        encoding="utf8",
    )
    return Config.fromfile(folder / file, import_custom_modules=False)


def load_anew(path):
    """A case's module: the classes of the case before have the same names."""
    for registry in (DATA_SAMPLERS, HOOKS, MODELS):
        for name in ("RepeatFactorSampler", "BalancedSampler", "BalancedLoss", "ClassBalanceHook"):
            registry.module_dict.pop(name, None)
    return load(path)


load = checks.load
checks.load = load_anew
