import copy
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import torch
from checks import cases, close, load, near, refuses, run
from labels_torch import *  # noqa: F403, the checks of several labels
from mappings import all_labels, in_order, labels_in_order, mapping_of, order_of, stage_options


def check_shares(module, case):
    mapping = mapping_of(case)
    labels = torch.tensor(all_labels(case))
    for stage in case["stages"]:
        expected, options = stage["sampler"], stage_options(case, stage)
        sampler = module.make_sampler(labels, mapping, seed=3, **options)
        if stage["switchAt"] > 0:
            assert sorted(iter(sampler)) == list(range(len(labels)))
        sampler.set_epoch(stage["epochs"] - 1)
        drawn = torch.tensor(list(sampler))
        assert len(drawn) == expected["draws"], (len(drawn), expected["draws"])
        got = torch.bincount(labels[drawn], minlength=len(mapping)) / len(drawn)
        near(got.tolist(), in_order(case, expected["shares"]), len(drawn))
        sampler.set_epoch(stage["epochs"] - 1)
        assert list(sampler) == drawn.tolist(), "seed and epoch decide"
        assert list(sampler) != drawn.tolist(), "the next epoch draws anew"


def check_distributed(module, case):
    mapping = mapping_of(case)
    labels = torch.tensor(all_labels(case))
    for stage in case["stages"]:
        options = stage_options(case, stage)
        whole = module.make_sampler(labels, mapping, seed=1, **options)
        whole.set_epoch(7)
        drawn = list(whole)
        parts = []
        for rank in range(3):
            part = module.make_sampler(
                labels, mapping, seed=1, num_replicas=3, rank=rank, **options
            )
            part.set_epoch(7)
            parts.append(list(part))
            assert len(parts[-1]) == len(part) == -(-len(drawn) // 3)
        together = [parts[i % 3][i // 3] for i in range(3 * len(parts[0]))]
        assert together[: len(drawn)] == drawn, "the parts are the whole"
        assert together[len(drawn) :] == drawn[: len(together) - len(drawn)]


def check_loss(module, case):
    mapping, order = mapping_of(case), order_of(case)
    logits = torch.tensor(case["logits"])[:, order]
    labels = torch.tensor(labels_in_order(case))
    for stage in case["stages"]:
        options, expected = stage_options(case, stage), stage["loss"]
        each = module.make_loss(mapping, reduction="none", **options)
        mean = module.make_loss(mapping, **options)
        if stage["switchAt"] > 0 and stage["weights"] is not None:
            close(each(logits, labels).tolist(), expected["plain"], 2e-5)
            each.set_epoch(stage["switchAt"])
            mean.set_epoch(stage["switchAt"])
        close(each(logits, labels).tolist(), expected["each"], 2e-5)
        close([float(mean(logits, labels))], [expected["mean"]], 2e-5)
        last = module.make_loss(mapping, reduction="none", class_dim=-1, **options)
        if stage["switchAt"] > 0 and stage["weights"] is not None:
            last.set_epoch(stage["switchAt"])
        # Any rank: a grid of two rows, and of two by two, classes second; and classes last.
        for shape in ((2, -1), (2, 2, len(labels) // 4)):
            grid = labels.reshape(shape)
            rows = logits.reshape(*grid.shape, -1)
            close(each(rows.movedim(-1, 1), grid).flatten().tolist(), expected["each"], 2e-5)
            close(last(rows, grid).flatten().tolist(), expected["each"], 2e-5)
        # What is ignored counts for nothing.
        some = labels.clone()
        some[::2] = -100
        got = each(logits, some)
        close(got[1::2].tolist(), expected["each"][1::2], 2e-5)
        assert got[::2].abs().sum() == 0
        short = mean(logits[1::2], labels[1::2])
        close([float(mean(logits, some))], [float(short)], 2e-5)
        assert float(mean(logits, torch.full_like(labels, -100))) == 0
        refuses(lambda: mean(logits[:, 1:], labels), "classes")
        moved = logits.clone().requires_grad_()
        mean(moved, labels).backward()
        assert torch.isfinite(moved.grad).all()


def check_other_names_stop(module, case):
    mapping = mapping_of(case)
    other = {**mapping, "nobody": len(mapping)}
    refuses(lambda: module.make_loss(other), "nobody")
    refuses(lambda: module.make_sampler([0], list(mapping)[1:]), repr(list(mapping)[0]))
    assert not hasattr(module, "pwned")


def check_posthoc(module, case):
    posthoc = case["posthoc"]
    mapping, order = mapping_of(case), order_of(case)
    logits = torch.tensor(case["logits"], dtype=torch.float64)[:, order]
    if posthoc["kind"] == "tau-norm":
        weight = torch.randn(7, 5)
        norms = module.tau_normalised(weight).norm(dim=1)
        close(norms.tolist(), (weight.norm(dim=1) ** (1 - posthoc["tau"])).tolist())
    if posthoc["kind"] != "logit-adjustment":
        return
    if posthoc["tau"] == "auto":
        labels = torch.tensor(labels_in_order(case))
        assert 0 <= module.choose_tau(logits, labels, mapping) <= 2
        return
    wanted = [-math.inf if o is None else o for o in in_order(case, case["posthocOffsets"])]
    got = module.correct_logits(logits, mapping) - logits
    for row in got.tolist():
        for a, b in zip(row, wanted):
            assert a == b or abs(a - b) < 1e-8, (row, wanted)


def check_bias_starts_at_the_shares(module, case):
    if not hasattr(module, "start_at_shares"):
        return
    layer = torch.nn.Linear(4, len(case["classNames"]))
    module.start_at_shares(layer, mapping_of(case))
    close(layer.bias.exp().tolist(), in_order(case, case["prior"]))


def check_stages_train_what_they_say(module, case):
    folder = pathlib.Path(module.__file__).parent
    if len(case["stages"]) < 2:
        assert not (folder / "train_stages.py").exists()
        return
    sys.modules["class_balance"] = module
    script = load(folder / "train_stages.py")
    # A hundredth of the data, as features: what matters is which weights move in which stage.
    mapping = mapping_of(case)
    labels = torch.tensor(all_labels(case, 0.01))
    torch.manual_seed(0)
    data = torch.utils.data.TensorDataset(torch.randn(len(labels), 6), labels)
    model = torch.nn.Sequential()
    model.add_module("body", torch.nn.Linear(6, 8))
    model.add_module("norm", torch.nn.BatchNorm1d(8))
    model.add_module("head", torch.nn.Linear(8, len(mapping)))
    trained = script.STAGES[1:]
    script.STAGES[:] = script.STAGES[:1]
    script.train(model, "head", data, labels, mapping)
    before = copy.deepcopy(model.state_dict())
    for stage in trained:
        script.STAGES[:] = [stage]
        script.train(model, "head", data, labels, mapping)
    after = model.state_dict()
    for name, value in after.items():
        frozen = torch.equal(value, before[name])
        assert frozen == (not name.startswith("head.weight") and not name.startswith("head.bias")), name
    assert isinstance(model.head, torch.nn.Linear)


def check_weight_decay_is_where_training_here_has_it(module, case):
    if len(case["stages"]) < 2:
        return
    sys.modules["class_balance"] = module
    script = load(pathlib.Path(module.__file__).parent / "train_stages.py")
    model = torch.nn.Sequential()
    model.add_module("body", torch.nn.Conv2d(3, 8, 3))
    model.add_module("norm", torch.nn.BatchNorm2d(8))
    model.add_module("head", torch.nn.Linear(8, len(case["classNames"])))
    for stage, wanted in zip(script.STAGES, case["stages"]):
        groups = script.begin_stage(model, "head", stage, "cpu")
        layer = model.get_submodule("head")
        optimizer = script.make_optimizer(layer, stage, groups)
        names = {id(one): name for name, one in model.named_parameters()}
        moved = {names[id(one)]: one for group in optimizer.param_groups for one in group["params"]}
        assert set(moved) == {n for n, one in model.named_parameters() if one.requires_grad}
        rates = {names[id(one)]: g["lr"] for g in optimizer.param_groups for one in g["params"]}
        for one in moved.values():
            torch.nn.init.ones_(one)
            one.grad = torch.zeros_like(one)
        optimizer.step()
        for name, one in moved.items():
            of_head = name.startswith("head.")
            decays = name.endswith((".weight", ".scale")) and not name.startswith("norm.")
            if of_head and wanted["decayOn"] == "backbone":
                decays = False
            # Without a gradient a step takes off rate * decay, with Nesterov's look ahead on top.
            ahead = 1 + stage["momentum"] if stage["nesterov"] else 1
            left = 1 - rates[name] * wanted["weightDecay"] * ahead if decays else 1
            assert torch.allclose(one, torch.full_like(one, left), rtol=0, atol=1e-6), (name, one, left)
            assert decays == (not torch.equal(one, torch.ones_like(one))), name
        if isinstance(layer, script.ScaledClassifier):
            script.replace_layer(model, "head", layer.folded())


def in_a_process_group(folder):
    """Two processes of a gloo group draw; what each found, by case."""
    rank = pathlib.Path(__file__).with_name("distributed_rank.py")
    with tempfile.TemporaryDirectory() as own:
        out = [pathlib.Path(own, f"{i}.json") for i in range(2)]
        store = str(pathlib.Path(own, "store"))
        started = [
            subprocess.Popen([sys.executable, str(rank), folder, str(i), store, str(out[i])])
            for i in range(2)
        ]
        codes = [one.wait() for one in started]
        assert codes == [0, 0], codes
        found = [json.loads(one.read_text(encoding="utf8")) for one in out]
    assert len(found[0]) > 15, list(found[0])
    for results in found:
        for name, failure in results.items():
            assert failure is None, f"{name}: {failure}"


CHECKS = cases(globals(), "class_balance.py", sys.argv[1])
run({**CHECKS, "check_in_a_process_group": in_a_process_group}, sys.argv[1])
