"""The Trainer on samples with any number of labels; sampler and loss as in labels_torch.py."""

import torch
from checks import close, refuses
from labels_torch import all_targets, batch_of
from mappings import mapping_of


def checks_with(trainer_of):
    """The checks, given how a trainer is made of logits and labels."""

    def check_labels_loss(module, case):
        logits, targets = batch_of(case)
        trainer = trainer_of(module, case, logits, targets)
        got = trainer.compute_loss(trainer.model, {"x": logits, "labels": targets})
        close([float(got)], [case["mean"]], 2e-5)
        rows = torch.stack([logits, logits.flip(0)])
        padded = torch.stack([targets, torch.full_like(targets, -100)])
        got = trainer.compute_loss(trainer.model, {"x": rows, "labels": padded})
        close([float(got)], [case["mean"]], 2e-5)

    def check_labels_a_batch_in_parts_is_the_batch(module, case):
        logits, targets = batch_of(case)
        moved = []
        for batch, steps in ((len(targets), 1), (3, -(-len(targets) // 3))):
            trainer = trainer_of(module, case, logits, targets, batch=batch, steps=steps)
            trainer._get_train_sampler = lambda *_: torch.utils.data.SequentialSampler(targets)
            trainer.train()
            assert trainer.state.global_step == 1
            moved.append(trainer.model.bias.detach())
        loss = module.make_loss(mapping_of(case), class_dim=-1)
        bias = torch.zeros(logits.shape[1], requires_grad=True)
        loss(logits + bias, targets).backward()
        for one in moved:
            close(one.tolist(), (-bias.grad).tolist(), 2e-4)

    def check_labels_sampler(module, case):
        targets = all_targets(case)
        trainer = trainer_of(module, case, torch.zeros(targets.shape), targets)
        sampler = trainer._get_train_sampler()
        if case["once"]:
            assert sorted(sampler) == list(range(len(targets)))
            return
        trainer.state.epoch = float(case["epochs"] - 1)
        trainer.callback_handler.on_epoch_begin(trainer.args, trainer.state, trainer.control)
        assert len(list(sampler)) == case["draws"]
        own = module.make_sampler(targets, mapping_of(case), seed=0)
        own.set_epoch(case["epochs"] - 1)
        sampler.set_epoch(case["epochs"] - 1)
        assert list(own) == list(sampler)

    def check_labels_names_are_the_models(module, case):
        mapping = mapping_of(case)
        logits, targets = batch_of(case)
        other = dict(case, classNames=[*case["classNames"], "nobody"])
        refuses(lambda: trainer_of(module, other, logits, targets), "nobody")
        assert trainer_of(module, case, logits, targets).class_mapping == mapping
        assert not hasattr(module, "pwned")

    return {name: check for name, check in locals().items() if name.startswith("check_")}
