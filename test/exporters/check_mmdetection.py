"""MMDetection needs MMCV, which has no wheel here: the sampler and configs run with MMEngine alone."""

import sys

import numpy as np
from checks import cases, close, refuses, run
from mmdata import DATA_SAMPLERS, DATASETS, config_of, dataset_of
from objects import factors_of, images_of, names_of


def check_epochs(module, case):
    names, images = names_of(case), images_of(case)
    factors = factors_of(case, images)
    close(module.image_factors(images, names), factors, 1e-9)
    config = config_of(module, "class_balance_config.py", names)
    assert config.custom_imports.imports == ["class_balance"]
    dataset = dataset_of(images, names)
    sampler = DATA_SAMPLERS.build({**config.train_dataloader.sampler, "dataset": dataset})
    epochs = 60
    seen = np.zeros(len(images))
    for epoch in range(epochs):
        sampler.set_epoch(epoch)
        drawn = list(sampler)
        assert len(drawn) == len(sampler) == round(sum(factors))
        times = np.bincount(drawn, minlength=len(images))
        assert np.all(times >= np.floor(factors)), "the whole part is certain"
        seen += times
    sampler.set_epoch(0)
    assert list(sampler) == list(sampler), "seed and epoch decide"
    # Fractions by chance: six standard deviations of the mean of so many epochs.
    fraction = np.asarray(factors) - np.floor(factors)
    apart = np.abs(seen / epochs - factors)
    assert np.all(apart <= 6 * np.sqrt(fraction * (1 - fraction) / epochs) + 2 / epochs)


def check_other_names_stop(module, case):
    names, images = names_of(case), images_of(case)
    dataset = dataset_of(images, [*names, "nobody"])
    refuses(lambda: module.RepeatFactorSampler(dataset), "nobody")
    assert not hasattr(module, "pwned")


def check_the_parts_of_a_distributed_run(module, case):
    factors = factors_of(case, images_of(case))
    draw = lambda epoch: module.epoch_indices(factors, epoch)
    whole = list(module.EpochSampler(draw))
    parts = [list(module.EpochSampler(draw, 3, rank)) for rank in range(3)]
    together = [parts[i % 3][i // 3] for i in range(3 * len(parts[0]))]
    assert together[: len(whole)] == whole


def check_their_own_wrapper(module, case):
    names = names_of(case)
    config = config_of(module, "class_balanced_dataset_config.py", names)
    if case["stages"][-1]["sampler"]["repeats"] is None:
        assert config is None
        return
    images = [[index] for index, n in enumerate(case["counts"]) for _ in range(min(n, 300))]
    dataset_of(images, names)
    wrapped = DATASETS.build(config.train_dataloader.dataset)
    assert wrapped.metainfo["classes"] == names
    shares = sorted(n / sum(case["counts"]) for n in case["counts"] if n > 0)
    middle = (shares[len(shares) // 2] + shares[(len(shares) - 1) // 2]) / 2
    close([wrapped.oversample_thr], [middle])
    assert len(wrapped) >= len(images)


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
