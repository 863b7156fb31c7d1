"""One process of a process group of two: what its samplers draw, put beside what the other's do."""

import json
import pathlib
import sys
import traceback

import torch
from checks import load
from mappings import all_labels, mapping_of, order_of, stage_options


def parts_of(sampler, epoch):
    """The draws of each process in an epoch, as a loader asks for them."""
    sampler.set_epoch(epoch)
    length = len(sampler)
    numbers = torch.utils.data.TensorDataset(torch.arange(10**6))
    loader = torch.utils.data.DataLoader(numbers, batch_size=64, sampler=sampler)
    mine = torch.cat([batch for (batch,) in loader]).tolist()
    assert len(mine) == length, (len(mine), length)
    parts = [None, None]
    torch.distributed.all_gather_object(parts, mine)
    return parts


def check(module, case):
    mapping = mapping_of(case)
    several = case["task"] == "multi-label"
    labels = torch.tensor(case["targets"])[:, order_of(case)] if several else all_labels(case)
    for stage in [case] if several else case["stages"]:
        options = {} if several else stage_options(case, stage)
        sampler = module.make_sampler(labels, mapping, seed=5, **options)
        whole = module.make_sampler(labels, mapping, seed=5, num_replicas=1, rank=0, **options)
        assert (sampler.num_replicas, sampler.rank) == (2, torch.distributed.get_rank())
        seen = []
        for epoch in {0, stage["epochs"] - 1, stage["epochs"]}:
            first, second = parts_of(sampler, epoch)
            assert len(first) == len(second), "every process has as many"
            together = [one for pair in zip(first, second) for one in pair]
            whole.set_epoch(epoch)
            drawn = list(whole)
            assert together[: len(drawn)] == drawn, "together they are the draws of one process"
            assert len(together) - len(drawn) == len(drawn) % 2, "filled up where they do not divide"
            seen.append(first)
        assert all(a != b for i, a in enumerate(seen) for b in seen[:i]), "epochs differ"


def main(folder, rank, store, out):
    torch.distributed.init_process_group(
        "gloo", init_method=pathlib.Path(store).as_uri(), world_size=2, rank=int(rank)
    )
    results = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        case = json.loads((path / "case.json").read_text(encoding="utf8"))
        # Every sampler once; the losses have nothing to do with it.
        if not path.name.startswith(("sampler-", "labels-", "two-stages", "loss-ldam-deferred")):
            continue
        try:
            check(load(path / "class_balance.py"), case)
            results[path.name] = None
        except Exception:
            results[path.name] = traceback.format_exc()
    pathlib.Path(out).write_text(json.dumps(results), encoding="utf8")
    torch.distributed.destroy_process_group()


main(*sys.argv[1:])
