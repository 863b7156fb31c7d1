import copy
import sys

import torch
from checks import close, load, refuses, run, warns

# METHODS of the class-balanced and logit-adjustment papers on the counts of CIFAR-10-LT, ratio 100.
BALANCED = [0.2481, 0.4139, 0.6908, 1.1519, 1.9234, 3.2057, 5.3474, 8.9252, 14.947, 24.812]
EFFECTIVE = [0.0506, 0.0769, 0.1211, 0.1950, 0.3188, 0.5246, 0.8683, 1.4426, 2.4092, 3.9927]
SQUARE_ROOT = [0.2447, 0.1895, 0.1467, 0.1136, 0.0879, 0.0681, 0.0527, 0.0408, 0.0315, 0.0245]
# Counts 100, 10, 1: logits, labels and losses by hand in float64.
LOGITS = [[2.0, 1.0, 0.0], [0.0, 1.0, 2.0], [1.0, 1.0, 1.0], [1.0, 2.0, 3.0]]
LABELS = [0, 2, 1, 0]
ADJUSTED = [0.037432, 2.902098, 2.406945, 0.296928]
HALF = [0.122100, 1.257520, 1.499289]


def check_names_follow_the_mapping_of_the_dataset(folder):
    snippet = load(f"{folder}/names.py")
    # Folders as torchvision sorts them: by code point, so neither by number nor as the profile has them.
    class_to_idx = {name: i for i, name in enumerate(sorted(snippet.COUNTS))}
    assert list(class_to_idx) == ["10", "2", "B", "b", "Ä"], class_to_idx
    assert snippet.counts_by_index(class_to_idx) == [10, 2, 66, 98, 196]
    assert snippet.counts_by_index(list(class_to_idx)) == [10, 2, 66, 98, 196]
    assert snippet.counts_by_index({"Ä": 0, "b": 1, "B": 2, "2": 3, "10": 4}) == [196, 98, 66, 2, 10]


def check_other_names_stop(folder):
    snippet = load(f"{folder}/names.py")
    refuses(lambda: snippet.class_weights(["10", "2", "B", "b", "A"]), "['A']", "['Ä']")
    refuses(lambda: snippet.class_weights(["10", "2", "B", "b"]), "[]", "['Ä']")
    refuses(lambda: snippet.LogitAdjustedLoss(["10", "2", "B", "b", "Ä", "c"]), "['c']")
    refuses(lambda: snippet.make_sampler([0], [10, 2, "B", "b", "Ä"]), "[10, 2]", "['10', '2']")
    refuses(lambda: snippet.counts_by_index({"10": 1, "2": 2, "B": 3, "b": 4, "Ä": 5}), "1, 2")
    refuses(lambda: snippet.counts_by_index({"10": 0, "2": 0, "B": 1, "b": 2, "Ä": 3}), "0, 0")


def check_weights(folder):
    snippet = load(f"{folder}/cifar.py")
    names = list(snippet.COUNTS)
    counts = torch.tensor(list(snippet.COUNTS.values()))
    balanced = snippet.class_weights(names)
    close(balanced.tolist(), BALANCED, 2e-4)
    effective = snippet.class_weights(names, scheme="effective", beta=0.9999)
    close((effective / effective.mean()).tolist(), EFFECTIVE, 2e-4)
    for weights in (balanced, effective):
        close([float((weights * counts).sum() / counts.sum())], [1.0])
    refuses(lambda: snippet.class_weights(names, scheme="effectiv"), "effectiv")
    # The weights of torch's own loss, which divides by their sum over the batch.
    logits, labels = torch.randn(8, 10), torch.arange(8)
    got = torch.nn.CrossEntropyLoss(weight=balanced)(logits, labels)
    plain = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    close([float(got)], [float((plain * balanced[:8]).sum() / balanced[:8].sum())])


def check_beta_suits_the_counts(folder):
    small = load(f"{folder}/toy.py")  # at most 100 samples: .99
    close(
        small.weight_list(["a", "b", "c"], scheme="effective"),
        small.weight_list(["a", "b", "c"], scheme="effective", beta=0.99),
    )
    large = load(f"{folder}/cifar.py")
    names = list(large.COUNTS)
    close(
        large.weight_list(names, scheme="effective"),
        large.weight_list(names, scheme="effective", beta=0.9999),
    )


def check_large_weights_are_warned_about(folder):
    snippet = load(f"{folder}/empty.py")
    warns(lambda: snippet.class_weights(["a", "b", "c"]), "over 50")
    assert snippet.class_weights(["a", "b", "c"])[1] == 0


def shares(sampler, labels, classes):
    drawn = torch.tensor(list(sampler))
    return torch.bincount(torch.as_tensor(labels)[drawn], minlength=classes) / len(drawn)


def near(got, expected, draws):
    # Six standard deviations of a binomial share: one false alarm in 10^9.
    for a, p in zip(got.tolist(), expected):
        assert abs(a - p) <= 6 * (p * (1 - p) / draws) ** 0.5 + 1e-4, (got, expected)


def sampler_checks(snippet, labels, names):
    draws = 40000
    n = torch.bincount(torch.tensor(labels), minlength=len(names)).double()

    def make(**options):
        generator = torch.Generator().manual_seed(1)
        return snippet.make_sampler(
            labels, names, num_samples=draws, generator=generator, **options
        )

    for power in (0.0, 0.5, 1.0):
        p = torch.where(n > 0, n.clamp(min=1) ** power, 0.0)
        near(shares(make(power=power), labels, len(names)), (p / p.sum()).tolist(), draws)
    assert len(make()) == draws and len(snippet.make_sampler(labels, names)) == len(labels)
    # Within a class every sample is drawn alike.
    drawn = torch.bincount(torch.tensor(list(make())), minlength=len(labels))
    first = [i for i, label in enumerate(labels) if label == 0]
    share = 1 / (int((n > 0).sum()) * len(first))
    near(drawn[first] / draws, [share] * len(first), draws)
    assert list(make()) == list(make()), "the same generator gives the same draws"


def check_sampler(folder):
    snippet = load(f"{folder}/cifar.py")
    names = list(snippet.COUNTS)
    labels = [j for j, n in enumerate(snippet.COUNTS.values()) for _ in range(n)]
    sampler = snippet.make_sampler(
        labels, names, power=0.5, num_samples=60000, generator=torch.Generator().manual_seed(0)
    )
    assert isinstance(sampler, torch.utils.data.WeightedRandomSampler)
    near(shares(sampler, labels, 10), [p for p in SQUARE_ROOT], 60000)
    sampler_checks(snippet, [0] * 50 + [2] * 5 + [3] * 20, names)


def check_sampler_beyond_multinomial(folder):
    snippet = load(f"{folder}/large.py")
    sampler_checks(snippet, [0] * 50 + [2] * 5 + [1] * 20, ["big", "small", "c"])
    sampler_checks(snippet, [2] * 7 + [0] * 9, ["big", "small", "c"])


def check_sampler_feeds_a_loader(folder):
    snippet = load(f"{folder}/toy.py")
    labels = torch.tensor([0] * 90 + [1] * 9 + [2])
    data = torch.utils.data.TensorDataset(torch.arange(100.0)[:, None], labels)
    sampler = snippet.make_sampler(labels, ["a", "b", "c"])
    loader = torch.utils.data.DataLoader(data, batch_size=16, sampler=sampler)
    assert sum(len(y) for _, y in loader) == 100


def check_sampler_refuses_labels_outside(folder):
    snippet = load(f"{folder}/toy.py")
    refuses(lambda: snippet.make_sampler([0, 3], ["a", "b", "c"]), "3")
    refuses(lambda: snippet.make_sampler([0, -1], ["a", "b", "c"]), "-1")
    # Head and tail swapped: more labels of the rare class than the dataset has samples of it.
    warns(lambda: snippet.make_sampler([0, 2, 2, 2], ["a", "b", "c"]), "[2]")


def check_loss(folder):
    snippet = load(f"{folder}/toy.py")
    names = ["a", "b", "c"]
    logits, labels = torch.tensor(LOGITS), torch.tensor(LABELS)
    loss = snippet.LogitAdjustedLoss(names, reduction="none")
    close(loss(logits, labels).tolist(), ADJUSTED)
    half = snippet.LogitAdjustedLoss(names, tau=0.5, reduction="none")
    close(half(logits[:3], labels[:3]).tolist(), HALF)
    none = snippet.LogitAdjustedLoss(names, tau=0.0, reduction="none")
    plain = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    close(none(logits, labels).tolist(), plain.tolist())
    mean = snippet.LogitAdjustedLoss(names)(logits, labels)
    close([float(mean)], [sum(ADJUSTED) / 4])


def check_loss_takes_logits_of_any_rank(folder):
    snippet = load(f"{folder}/toy.py")
    loss = snippet.LogitAdjustedLoss(["a", "b", "c"], reduction="none")
    logits, labels = torch.tensor(LOGITS), torch.tensor(LABELS)
    close([float(loss(logits[1], labels[1]))], [ADJUSTED[1]])
    grid = logits.T.reshape(1, 3, 2, 2)
    close(loss(grid, labels.reshape(1, 2, 2)).flatten().tolist(), ADJUSTED)
    last = snippet.LogitAdjustedLoss(["a", "b", "c"], reduction="none", class_dim=-1)
    close(last(logits.reshape(2, 2, 3), labels.reshape(2, 2)).flatten().tolist(), ADJUSTED)
    close(last(logits, labels).tolist(), ADJUSTED)
    refuses(lambda: loss(torch.zeros(4, 2), torch.zeros(4)), "2, 3")


def check_loss_leaves_out_the_ignored_label(folder):
    snippet = load(f"{folder}/toy.py")
    logits = torch.tensor(LOGITS)
    got = snippet.LogitAdjustedLoss(["a", "b", "c"])(logits, torch.tensor([0, -100, 1, -100]))
    close([float(got)], [(ADJUSTED[0] + ADJUSTED[2]) / 2])
    other = snippet.LogitAdjustedLoss(["a", "b", "c"], ignore_index=255)
    close([float(other(logits, torch.tensor([0, 255, 1, 255])))], [float(got)])


def check_loss_masks_an_empty_class(folder):
    snippet = load(f"{folder}/empty.py")
    logits = torch.tensor([[1.0, 60.0, -2.0], [-60.0, 0.0, 3.0]], requires_grad=True)
    loss = snippet.LogitAdjustedLoss(["a", "b", "c"])(logits, torch.tensor([0, 2]))
    loss.backward()
    assert torch.isfinite(loss) and torch.isfinite(logits.grad).all()
    assert logits.grad[:, 1].tolist() == [0, 0]


def check_loss_has_the_gradient_of_finite_differences(folder):
    snippet = load(f"{folder}/toy.py")
    loss = snippet.LogitAdjustedLoss(["a", "b", "c"])
    logits = torch.tensor(LOGITS, requires_grad=True)
    labels = torch.tensor(LABELS)
    loss(logits, labels).backward()
    step = 1e-2
    for i in range(4):
        for j in range(3):
            moved = torch.zeros(4, 3)
            moved[i, j] = step
            rise = loss(torch.tensor(LOGITS) + moved, labels)
            fall = loss(torch.tensor(LOGITS) - moved, labels)
            close([float(logits.grad[i, j])], [float(rise - fall) / (2 * step)], 1e-3)


def check_loss_moves_and_is_saved_with_a_model(folder):
    snippet = load(f"{folder}/toy.py")
    loss = snippet.LogitAdjustedLoss(["a", "b", "c"])
    assert list(loss.state_dict()) == ["shift"] and not list(loss.parameters())
    other = copy.deepcopy(loss)
    other.load_state_dict(loss.state_dict())
    half = loss(torch.tensor(LOGITS).bfloat16(), torch.tensor(LABELS))
    assert half.dtype == torch.float32
    close([float(half)], [sum(ADJUSTED) / 4], 1e-2)


def check_names_cannot_run_code(folder):
    snippet = load(f"{folder}/hostile.py")
    assert not hasattr(snippet, "pwned")
    assert [len(name) > 0 for name in snippet.COUNTS] == [True] * 4
    assert snippet.counts_by_index(list(snippet.COUNTS)) == [5, 4, 3, 2]


def check_labels_alone_are_enough(folder):
    snippet = load(f"{folder}/labels.py")
    close(snippet.class_weights(["spam", "ham"]).tolist(), [8 / (2 * 2), 8 / (2 * 6)])


run(dict(globals()), sys.argv[1])
