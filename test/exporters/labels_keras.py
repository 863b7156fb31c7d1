"""Checks of code for Keras and samples with any number of labels."""

import keras
import numpy as np
from checks import close, near, refuses
from mappings import in_order, mapping_of, order_of


def all_targets(case):
    return np.array(case["targets"])[:, order_of(case)]


def values(tensor):
    return keras.ops.convert_to_numpy(tensor).flatten().tolist()


def check_labels_shares(module, case):
    targets, mapping = all_targets(case), mapping_of(case)

    def draw(epoch):
        return module.epoch_indices(targets, mapping, epoch=epoch, seed=3)

    if case["switchAt"] > 0:
        assert sorted(draw(0)) == list(range(len(targets)))
    last, epochs = case["epochs"] - 1, 30
    counted = np.zeros(len(targets))
    for epoch in range(epochs):
        drawn = draw(last + epoch)
        assert len(drawn) == case["draws"], (len(drawn), case["draws"])
        counted += np.bincount(drawn, minlength=len(targets))
    draws = epochs * case["draws"]
    near((counted @ targets / draws).tolist(), in_order(case, case["labelShares"]), draws)
    near((counted / draws).tolist(), case["sampleShares"], draws)
    assert draw(last).tolist() == draw(last).tolist() != draw(last + 1).tolist()
    batches = module.EpochBatches(np.arange(len(targets)), targets, mapping, batch_size=16)
    x, y = batches[0]
    assert np.array_equal(targets[x], y)


def batch_of(case):
    order = order_of(case)
    logits = np.array(case["batch"]["logits"], "float32")[:, order]
    return logits, np.array(case["batch"]["targets"], "float32")[:, order]


def check_labels_loss(module, case):
    mapping = mapping_of(case)
    logits, targets = batch_of(case)
    each = module.make_loss(mapping, reduction="none")
    mean = module.make_loss(mapping, ignore_class=-1)
    close(values(each(targets, logits)), case["each"], 2e-5)
    close(values(each(targets.astype(int), logits)), case["each"], 2e-5)
    for loss in (mean, module.make_loss(mapping)):
        close([float(loss(targets, logits))], [case["mean"]], 2e-5)
    for shape in ((2, -1), (2, 2, len(logits) // 4)):
        grid = [one.reshape(*shape, len(mapping)) for one in (targets, logits)]
        close(values(each(*grid)), case["each"], 2e-5)
    some = targets.copy()
    some[::2] = -1
    close([float(mean(some, logits))], [float(mean(targets[1::2], logits[1::2]))], 2e-5)
    assert float(mean(np.full_like(targets, -1), logits)) == 0
    refuses(lambda: mean(targets, logits[:, 1:]), "classes")


def check_labels_gradients_are_finite(module, case):
    import tensorflow as tf

    logits, targets = batch_of(case)
    variable = tf.Variable(logits)
    with tf.GradientTape() as tape:
        value = module.make_loss(mapping_of(case))(targets, variable)
    assert np.isfinite(tape.gradient(value, variable).numpy()).all()


def check_labels_start(module, case):
    start = module.bias_at_shares(mapping_of(case))
    layer = keras.layers.Dense(len(case["classNames"]), bias_initializer=start)
    layer.build((None, 3))
    close(values(layer.bias), in_order(case, case["start"]))


def check_labels_other_names_stop(module, case):
    mapping = mapping_of(case)
    refuses(lambda: module.make_loss({**mapping, "nobody": len(mapping)}), "nobody")
    refuses(lambda: module.epoch_indices([[0]], list(mapping)[1:]), repr(list(mapping)[0]))
    refuses(lambda: module.epoch_indices([0, 1], mapping), "matrix")
    assert case["leftOut"] == [], case["leftOut"]
    assert not hasattr(module, "pwned")
