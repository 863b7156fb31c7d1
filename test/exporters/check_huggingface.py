import sys
import tempfile

import torch
from torch.optim import lr_scheduler

if not hasattr(lr_scheduler, "LRScheduler"):
    # transformers names it as torch 2 does; in torch 1.13 it is the same class.
    lr_scheduler.LRScheduler = lr_scheduler._LRScheduler

import transformers
from checks import cases, close, near, refuses, run
from labels_huggingface import checks_with
from mappings import all_labels, in_order, labels_in_order, mapping_of, order_of


class Rows(torch.utils.data.Dataset):
    def __init__(self, logits, labels):
        self.logits, self.labels = logits, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return {"x": self.logits[i], "labels": self.labels[i]}


class Fixed(torch.nn.Module):
    """A model whose logits are its inputs and a bias."""

    def __init__(self, mapping):
        super().__init__()
        self.config = transformers.PretrainedConfig(
            id2label={index: name for name, index in mapping.items()}, label2id=mapping
        )
        self.bias = torch.nn.Parameter(torch.zeros(len(mapping)))

    def forward(self, x, labels=None):
        return {"logits": x + self.bias}


def trainer_of(module, case, logits, labels, batch=8, steps=1, **options):
    args = transformers.TrainingArguments(
        output_dir=tempfile.gettempdir(),
        use_cpu=True,
        report_to=[],
        save_strategy="no",
        disable_tqdm=True,
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=steps,
        optim="sgd",
        lr_scheduler_type="constant",
        learning_rate=1.0,
        max_grad_norm=0.0,
        num_train_epochs=1,
        remove_unused_columns=False,
    )
    if torch.__version__.startswith("1."):
        args.dataloader_prefetch_factor = 2
    whole = case["once"] if "once" in case else case["stages"][-1]["sampler"]["kind"] == "instance"
    if not whole:
        options["train_labels"] = labels
    return module.BalancedTrainer(
        model=Fixed(mapping_of(case)), args=args, train_dataset=Rows(logits, labels), **options
    )


def batch_of(case):
    logits = torch.tensor(case["logits"])[:, order_of(case)]
    return logits, torch.tensor(labels_in_order(case))


def in_force(trainer, case):
    if hasattr(trainer.class_loss, "set_epoch"):
        trainer.class_loss.set_epoch(case["stages"][-1]["switchAt"])


def check_loss(module, case):
    logits, labels = batch_of(case)
    expected = case["stages"][-1]["loss"]
    trainer = trainer_of(module, case, logits, labels)
    if case["stages"][-1]["switchAt"] == 0:
        in_force(trainer, case)
    in_force(trainer, case)
    got = trainer.compute_loss(trainer.model, {"x": logits, "labels": labels})
    close([float(got)], [expected["mean"]], 2e-5)
    # Tokens: a row more, and padding that counts for nothing.
    rows = torch.stack([logits, logits.flip(0)])
    padded = torch.stack([labels, torch.full_like(labels, -100)])
    got, outputs = trainer.compute_loss(
        trainer.model, {"x": rows, "labels": padded}, return_outputs=True
    )
    close([float(got)], [expected["mean"]], 2e-5)
    assert outputs["logits"].shape == rows.shape


def check_a_batch_in_parts_is_the_batch(module, case):
    """The gradient of one step is that of the whole batch's mean, however it is parted."""
    logits, labels = batch_of(case)
    moved = []
    for batch, steps in ((len(labels), 1), (3, -(-len(labels) // 3))):
        trainer = trainer_of(module, case, logits, labels, batch=batch, steps=steps)
        if hasattr(trainer, "_get_train_sampler") and "train_labels" in vars(trainer):
            trainer._get_train_sampler = lambda *_: torch.utils.data.SequentialSampler(labels)
        trainer.train()
        assert trainer.state.global_step == 1
        moved.append(trainer.model.bias.detach())
    loss = module.make_loss(mapping_of(case), class_dim=-1)
    bias = torch.zeros(logits.shape[1], requires_grad=True)
    loss(logits + bias, labels).backward()
    for one in moved:
        close(one.tolist(), (-bias.grad).tolist(), 2e-4)


def check_sampler(module, case):
    stage = case["stages"][-1]
    labels = torch.tensor(all_labels(case))
    logits = torch.zeros(len(labels), len(case["classNames"]))
    trainer = trainer_of(module, case, logits, labels)
    sampler = trainer._get_train_sampler()
    if stage["sampler"]["kind"] == "instance":
        assert sorted(sampler) == list(range(len(labels)))
        return
    trainer.state.epoch = float(stage["epochs"] - 1)
    trainer.callback_handler.on_epoch_begin(trainer.args, trainer.state, trainer.control)
    drawn = torch.tensor(list(sampler))
    assert len(drawn) == stage["sampler"]["draws"]
    got = torch.bincount(labels[drawn], minlength=logits.shape[1]) / len(drawn)
    near(got.tolist(), in_order(case, stage["sampler"]["shares"]), len(drawn))


def check_names_are_the_models(module, case):
    mapping = mapping_of(case)
    model = Fixed(mapping)
    assert module.mapping_of(model.config) == mapping
    refuses(lambda: module.mapping_of(Fixed({**mapping, "nobody": len(mapping)}).config), "nobody")
    plain = transformers.PretrainedConfig(num_labels=len(mapping))
    refuses(lambda: module.mapping_of(plain), "id2label")
    assert not hasattr(module, "pwned")


CHECKS = {**globals(), **checks_with(trainer_of)}
run(cases(CHECKS, "class_balance.py", sys.argv[1]), sys.argv[1])
