import sys

import keras
import numpy as np
from checks import close, load, refuses, run, warns

LOGITS = np.array([[2, 1, 0], [0, 1, 2], [1, 1, 1], [1, 2, 3]], "float32")
LABELS = np.array([0, 2, 1, 0])
ADJUSTED = [0.037432, 2.902098, 2.406945, 0.296928]
BALANCED = [0.2481, 0.4139, 0.6908, 1.1519, 1.9234, 3.2057, 5.3474, 8.9252, 14.947, 24.812]
NAMES = ["a", "b", "c"]


def loss_of(folder, **options):
    return load(f"{folder}/toy.py").LogitAdjustedLoss(NAMES, **options)


def check_names_follow_the_mapping(folder):
    snippet = load(f"{folder}/names.py")
    # image_dataset_from_directory: sorted by code point.
    class_names = sorted(snippet.COUNTS)
    assert class_names == ["10", "2", "B", "b", "Ä"]
    assert snippet.counts_by_index(class_names) == [10, 2, 66, 98, 196]
    refuses(lambda: snippet.class_weights(["10", "2", "B", "b", "A"]), "['A']", "['Ä']")
    refuses(lambda: snippet.LogitAdjustedLoss(["10", "2", "B"]), "['b', 'Ä']")
    refuses(lambda: snippet.epoch_indices([0], ["10", "2", "B"]), "['b', 'Ä']")


def check_weights_train_a_model(folder):
    snippet = load(f"{folder}/cifar.py")
    weights = snippet.class_weights(list(snippet.COUNTS))
    close([weights[j] for j in range(10)], BALANCED, 2e-4)
    x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
    y = np.arange(64) % 10
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    before = model.predict(x, verbose=0)
    rows = before - before.max(axis=1, keepdims=True)
    ce = np.log(np.exp(rows).sum(axis=1)) - rows[np.arange(64), y]
    got = model.train_on_batch(x, y, class_weight=weights)
    # Keras multiplies by the weight and divides by the number of samples, or by the sum of weights.
    by_count = float((ce * np.array([weights[j] for j in y])).mean())
    by_weight = by_count * 64 / sum(weights[j] for j in y)
    assert min(abs(float(got) - by_count), abs(float(got) - by_weight)) < 1e-3, (got, by_count)
    model.fit(x, y, class_weight=weights, epochs=1, verbose=0)


def check_sampler(folder):
    snippet = load(f"{folder}/toy.py")
    labels = np.array([0] * 90 + [1] * 9 + [2])
    n = np.array([90.0, 9, 1])
    for power in (0.0, 0.5, 1.0):
        at = snippet.epoch_indices(labels, NAMES, power=power, size=40000, seed=3)
        got = np.bincount(labels[at], minlength=3) / 40000
        p = n**power / (n**power).sum()
        assert np.all(np.abs(got - p) <= 6 * np.sqrt(p * (1 - p) / 40000) + 1e-4), (got, p)
    at = snippet.epoch_indices(labels, NAMES, size=40000)
    inside = np.bincount(at, minlength=100)[:90] / 40000
    p = 1 / 270
    assert np.all(np.abs(inside - p) <= 6 * np.sqrt(p * (1 - p) / 40000)), inside
    assert len(snippet.epoch_indices(labels, NAMES)) == 100
    same = [snippet.epoch_indices(labels, NAMES, seed=s).tolist() for s in (1, 1, 2)]
    assert same[0] == same[1] != same[2]


def check_sampler_takes_one_hot_and_columns_and_skips_absent_classes(folder):
    snippet = load(f"{folder}/toy.py")
    labels = np.array([0, 0, 0, 2])
    plain = snippet.epoch_indices(labels, NAMES, size=99)
    assert plain.tolist() == snippet.epoch_indices(np.eye(3)[labels], NAMES, size=99).tolist()
    assert plain.tolist() == snippet.epoch_indices(labels[:, None], NAMES, size=99).tolist()
    assert set(plain.tolist()) == {0, 1, 2, 3}
    refuses(lambda: snippet.epoch_indices(np.array([[1, 1, 0]]), NAMES), "several classes")
    refuses(lambda: snippet.epoch_indices([0, 3], NAMES), "3")
    warns(lambda: snippet.epoch_indices([0, 2, 2], NAMES), "[2]")


def check_batches_train_a_model(folder):
    snippet = load(f"{folder}/toy.py")
    x = np.arange(300, dtype="float32").reshape(100, 3) / 300
    y = np.array([0] * 90 + [1] * 9 + [2])
    batches = snippet.BalancedBatches(x, y, NAMES, batch_size=32)
    assert [len(batches[i][1]) for i in range(len(batches))] == [32, 32, 32, 4]
    first = batches.indices
    batches.on_epoch_end()
    assert first.tolist() != batches.indices.tolist()
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)])
    model.compile("sgd", loss_of(folder))
    history = model.fit(batches, epochs=2, verbose=0)
    assert np.all(np.isfinite(history.history["loss"]))


def check_loss(folder):
    each = loss_of(folder, reduction="none")
    close(np.array(each(LABELS, LOGITS)).tolist(), ADJUSTED)
    close(np.array(each(LABELS[:, None], LOGITS)).tolist(), ADJUSTED)
    close(np.array(each(np.eye(3)[LABELS], LOGITS)).tolist(), ADJUSTED)
    close([float(loss_of(folder)(LABELS, LOGITS))], [sum(ADJUSTED) / 4])
    plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(LABELS, LOGITS)
    close([float(loss_of(folder, tau=0.0)(LABELS, LOGITS))], [float(plain)])
    pair = loss_of(folder, reduction="none")(LABELS.reshape(2, 2), LOGITS.reshape(2, 2, 3))
    close(np.array(pair).flatten().tolist(), ADJUSTED)
    refuses(lambda: loss_of(folder)(LABELS, LOGITS[:, :2]), "2, 3")


def check_loss_leaves_out_the_ignored_class(folder):
    got = loss_of(folder, ignore_class=-1)(np.array([0, -1, 1, -1]), LOGITS)
    close([float(got)], [(ADJUSTED[0] + ADJUSTED[2]) / 2])
    none = loss_of(folder, ignore_class=-1)(np.array([-1, -1, -1, -1]), LOGITS)
    assert float(none) == 0


def check_loss_masks_an_empty_class(folder):
    import tensorflow as tf

    loss = load(f"{folder}/empty.py").LogitAdjustedLoss(NAMES)
    logits = tf.Variable([[1.0, 60.0, -2.0], [-60.0, 0.0, 3.0]])
    with tf.GradientTape() as tape:
        value = loss(np.array([0, 2]), logits)
    gradient = tape.gradient(value, logits).numpy()
    assert np.isfinite(gradient).all() and gradient[:, 1].tolist() == [0, 0], gradient


def check_names_cannot_run_code(folder):
    snippet = load(f"{folder}/hostile.py")
    assert not hasattr(snippet, "pwned")
    assert snippet.counts_by_index(list(snippet.COUNTS)) == [5, 4, 3, 2]


run(dict(globals()), sys.argv[1])
