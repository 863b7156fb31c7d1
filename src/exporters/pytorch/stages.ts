import type { Issue } from '../../common/errors';
import { origin } from '../pythonModule';
import { stageTable } from '../pythonStages';
import type { ExportJob } from '../types';

const body = (job: ExportJob): string => `
import argparse
import math

import torch

import class_balance

${stageTable(job)}


def load_data(root):
    # Yours: a dataset with a class_to_idx and the label of every sample.
    from torchvision import datasets, transforms

    transform = transforms.Compose(
        [transforms.Resize(256), transforms.RandomCrop(224), transforms.ToTensor()]
    )
    return datasets.ImageFolder(root, transform)


def load_model(classes):
    # Yours: a network, and the name of its last linear layer.
    from torchvision.models import resnet18

    return resnet18(num_classes=classes), "fc"


class ScaledClassifier(torch.nn.Module):
    # A scale for each class behind the classifier. Kang et al., ICLR 2020 (LWS).

    def __init__(self, classifier, keep_bias):
        super().__init__()
        self.classifier = classifier
        self.scale = torch.nn.Parameter(torch.ones(classifier.out_features))
        if not keep_bias and classifier.bias is not None:
            torch.nn.init.zeros_(classifier.bias)

    def forward(self, features):
        return self.scale * self.classifier(features)

    @torch.no_grad()
    def folded(self):
        # A plain classifier that gives the same.
        self.classifier.weight.mul_(self.scale[:, None])
        if self.classifier.bias is not None:
            self.classifier.bias.mul_(self.scale)
        return self.classifier


def replace_layer(model, name, layer):
    parent, _, last = name.rpartition(".")
    setattr(model.get_submodule(parent), last, layer)


def start_again(module):
    for layer in module.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()


def rate_at(stage, step, steps_per_epoch):
    # The share of the learning rate at a step of the stage.
    warmup = round(stage["warmup_epochs"] * steps_per_epoch)
    if step < warmup:
        return (step + 1) / warmup
    if stage["schedule"] == "cosine":
        left = max(1, stage["epochs"] * steps_per_epoch - warmup)
        return (1 + math.cos(math.pi * min(1, (step - warmup) / left))) / 2
    if stage["schedule"] == "step":
        passed = sum(step >= epoch * steps_per_epoch for epoch in stage["drop_at"])
        return stage["drop_to"] ** passed
    return 1.0


def begin_stage(model, name, stage, device):
    # Freezes what the stage does not train; gives the groups of parameters that it does.
    if stage["again"]:
        start_again(model if stage["trainable"] == "all" else model.get_submodule(name))
    if "cosine" in stage:
        old = model.get_submodule(name)
        made = class_balance.CosineClassifier(old.in_features, old.out_features, stage["cosine"])
        replace_layer(model, name, made.to(device))
    scaled = stage["trainable"] in ("scale", "classifier-and-scale")
    if scaled:
        keep_bias = stage["trainable"] != "scale" or stage.get("scale_bias", False)
        made = ScaledClassifier(model.get_submodule(name), keep_bias)
        replace_layer(model, name, made.to(device))
    layer = model.get_submodule(name)
    whole = stage["trainable"] == "all"
    for parameter in model.parameters():
        parameter.requires_grad_(whole)
    rate = stage["learning_rate"]
    if whole:
        groups = [dict(params=list(model.parameters()), lr=rate)]
    elif stage["trainable"] == "classifier":
        groups = [dict(params=list(layer.parameters()), lr=rate)]
    elif stage["trainable"] == "scale":
        groups = [dict(params=[layer.scale], lr=rate)]
    else:
        own = list(layer.classifier.parameters())
        groups = [
            dict(params=[layer.scale], lr=rate),
            dict(params=own, lr=rate * stage["classifier_rate"]),
        ]
    for group in groups:
        for parameter in group["params"]:
            parameter.requires_grad_(True)
    return groups


def make_optimizer(layer, stage, groups):
    # Weight decay acts on kernels and class scales, not on biases and batch norms, as where this
    # recipe was measured; published code often gives it to all: then put weight_decay into SGD alone.
    spared = set(map(id, layer.parameters() if stage.get("decay_on") == "backbone" else []))
    scale = getattr(layer, "scale", None)

    def decays(parameter):
        return (parameter.ndim > 1 or parameter is scale) and id(parameter) not in spared

    parted = []
    for group in groups:
        for decay, wanted in ((stage["weight_decay"], True), (0.0, False)):
            own = [one for one in group["params"] if decays(one) == wanted]
            if own:
                parted.append({**group, "params": own, "weight_decay": decay})
    return torch.optim.SGD(
        parted, lr=stage["learning_rate"], momentum=stage["momentum"], nesterov=stage["nesterov"]
    )


def train(model, name, train_set, labels, class_mapping, device="cpu", seed=${job.config.seed}):
    model.to(device)
    for number, stage in enumerate(STAGES):
        sampler = class_balance.make_sampler(
            labels, class_mapping, stage=stage["name"], seed=seed + number
        )
        loss_of = class_balance.make_loss(class_mapping, stage=stage["name"]).to(device)
        loader = torch.utils.data.DataLoader(
            train_set, batch_size=stage["batch_size"], sampler=sampler
        )
        if stage.get("update_norm", False):
            torch.optim.swa_utils.update_bn(loader, model, device=device)
        groups = begin_stage(model, name, stage, device)
        optimizer = make_optimizer(model.get_submodule(name), stage, groups)
        rates = [group["lr"] for group in optimizer.param_groups]
        step = 0
        for epoch in range(stage["epochs"]):
            sampler.set_epoch(epoch)
            if hasattr(loss_of, "set_epoch"):
                loss_of.set_epoch(epoch)
            # Frozen: its batch norm must not drift towards the re-balanced sample.
            model.train(stage["trainable"] == "all")
            total, seen = 0.0, 0
            for inputs, targets in loader:
                share = rate_at(stage, step, len(loader))
                for group, rate in zip(optimizer.param_groups, rates):
                    group["lr"] = rate * share
                optimizer.zero_grad()
                loss = loss_of(model(inputs.to(device)), targets.to(device))
                loss.backward()
                optimizer.step()
                total, seen, step = total + float(loss) * len(targets), seen + len(targets), step + 1
            print(f"{stage['name']}, epoch {epoch + 1}: loss {total / max(1, seen):.4f}")
        layer = model.get_submodule(name)
        if isinstance(layer, ScaledClassifier):
            replace_layer(model, name, layer.folded())
    return model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", help="folder of the training data")
    parser.add_argument("--out", default="model.pt")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    train_set = load_data(options.root)
    model, name = load_model(len(train_set.classes))
    train(
        model, name, train_set, train_set.targets, train_set.class_to_idx, device=options.device
    )
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
`;

/** A script that trains the stages of a config one after the other, around a network of the user's. */
export const stagesScript = (job: ExportJob, leftOut: readonly Issue[]): string =>
  `${origin(job, leftOut)}\n${body(job)}`;
