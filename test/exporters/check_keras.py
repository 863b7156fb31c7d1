import math
import pathlib
import sys

import keras
import numpy as np
from checks import cases, close, load, near, refuses, run
from labels_keras import *  # noqa: F403, the checks of several labels
from mappings import all_labels, in_order, labels_in_order, mapping_of, order_of, stage_options


def values(tensor):
    return keras.ops.convert_to_numpy(tensor).flatten().tolist()


def check_shares(module, case):
    mapping, labels = mapping_of(case), np.array(all_labels(case))
    for stage in case["stages"]:
        expected, options = stage["sampler"], stage_options(case, stage)

        def draw(epoch, seed=3):
            return module.epoch_indices(labels, mapping, epoch=epoch, seed=seed, **options)

        if stage["switchAt"] > 0:
            assert sorted(draw(0)) == list(range(len(labels)))
        last = stage["epochs"] - 1
        drawn = draw(last)
        assert len(drawn) == expected["draws"], (len(drawn), expected["draws"])
        got = np.bincount(labels[drawn], minlength=len(mapping)) / len(drawn)
        near(got.tolist(), in_order(case, expected["shares"]), len(drawn))
        assert draw(last).tolist() == drawn.tolist(), "seed and epoch decide"
        assert draw(last + 1).tolist() != drawn.tolist(), "the next epoch draws anew"
        one_hot = module.epoch_indices(
            np.eye(len(mapping))[labels], mapping, epoch=last, seed=3, **options
        )
        assert one_hot.tolist() == drawn.tolist()


def check_loss(module, case):
    mapping, order = mapping_of(case), order_of(case)
    logits = np.array(case["logits"], "float32")[:, order]
    labels = np.array(labels_in_order(case))
    one_hot = np.eye(len(mapping), dtype="float32")[labels]
    for stage in case["stages"]:
        options, expected = stage_options(case, stage), stage["loss"]
        each = module.make_loss(mapping, reduction="none", **options)
        mean = module.make_loss(mapping, ignore_class=-1, **options)
        if stage["switchAt"] > 0 and stage["weights"] is not None:
            close(values(each(labels, logits)), expected["plain"], 2e-5)
            for loss in (each, mean):
                loss.callback().on_epoch_begin(stage["switchAt"])
        # Sparse, as a column, and categorical; of any rank.
        close(values(each(labels, logits)), expected["each"], 2e-5)
        close(values(each(labels[:, None], logits)), expected["each"], 2e-5)
        close(values(each(one_hot, logits)), expected["each"], 2e-5)
        for shape in ((2, -1), (2, 2, len(labels) // 4)):
            grid = labels.reshape(shape)
            close(values(each(grid, logits.reshape(*grid.shape, -1))), expected["each"], 2e-5)
        close([float(mean(labels, logits))], [expected["mean"]], 2e-5)
        some = labels.copy()
        some[::2] = -1
        short = float(mean(labels[1::2], logits[1::2]))
        close([float(mean(some, logits))], [short], 2e-5)
        assert float(mean(np.full_like(labels, -1), logits)) == 0
        refuses(lambda: mean(labels, logits[:, 1:]), "classes")


def check_gradients_are_finite(module, case):
    import tensorflow as tf

    logits = tf.Variable(np.array(case["logits"], "float32")[:, order_of(case)])
    for stage in case["stages"]:
        loss = module.make_loss(mapping_of(case), **stage_options(case, stage))
        with tf.GradientTape() as tape:
            value = loss(np.array(labels_in_order(case)), logits)
        assert np.isfinite(tape.gradient(value, logits).numpy()).all()


def check_model_trains(module, case):
    if case["name"] not in ("loss-ldam-deferred", "weights-effective", "loss-logit-adjusted"):
        return
    labels = np.array(all_labels(case, 0.02))
    x = np.random.default_rng(0).normal(size=(len(labels), 5)).astype("float32")
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(len(case["classNames"]))])
    if hasattr(module, "CosineClassifier"):
        head = module.CosineClassifier(len(case["classNames"]))
        model = keras.Sequential([keras.Input((5,)), head])
    loss = module.make_loss(mapping_of(case))
    model.compile("sgd", loss)
    batches = module.EpochBatches(x, labels, mapping_of(case), batch_size=32)
    calls = [loss.callback()] if hasattr(loss, "callback") else []
    history = model.fit(batches, epochs=2, verbose=0, callbacks=calls)
    assert np.isfinite(history.history["loss"]).all()


def check_other_names_stop(module, case):
    mapping = mapping_of(case)
    refuses(lambda: module.make_loss({**mapping, "nobody": len(mapping)}), "nobody")
    refuses(lambda: module.epoch_indices([0], list(mapping)[1:]), repr(list(mapping)[0]))
    assert not hasattr(module, "pwned")


def check_posthoc(module, case):
    posthoc, mapping, order = case["posthoc"], mapping_of(case), order_of(case)
    logits = np.array(case["logits"])[:, order]
    if posthoc["kind"] == "tau-norm":
        kernel = np.random.default_rng(0).normal(size=(5, 7))
        norms = np.linalg.norm(module.tau_normalised(kernel), axis=0)
        close(norms.tolist(), (np.linalg.norm(kernel, axis=0) ** (1 - posthoc["tau"])).tolist())
    if posthoc["kind"] != "logit-adjustment":
        return
    if posthoc["tau"] == "auto":
        assert 0 <= module.choose_tau(logits, labels_in_order(case), mapping) <= 2
        return
    wanted = [-math.inf if o is None else o for o in in_order(case, case["posthocOffsets"])]
    got = module.correct_logits(logits, mapping) - logits
    for row in got.tolist():
        for a, b in zip(row, wanted):
            assert a == b or abs(a - b) < 1e-8, (row, wanted)


def check_bias_starts_at_the_shares(module, case):
    if not hasattr(module, "bias_at_shares"):
        return
    start = module.bias_at_shares(mapping_of(case))
    layer = keras.layers.Dense(len(case["classNames"]), bias_initializer=start)
    layer.build((None, 3))
    close(values(keras.ops.exp(layer.bias)), in_order(case, case["prior"]))


def check_stages_train_what_they_say(module, case):
    folder = pathlib.Path(module.__file__).parent
    if len(case["stages"]) < 2:
        assert not (folder / "train_stages.py").exists()
        return
    sys.modules["class_balance"] = module
    script = load(folder / "train_stages.py")
    labels = np.array(all_labels(case, 0.01))
    x = np.random.default_rng(0).normal(size=(len(labels), 6)).astype("float32")
    body = keras.Sequential(
        [keras.Input((6,)), keras.layers.Dense(8), keras.layers.BatchNormalization()]
    )
    classifier = keras.layers.Dense(len(case["classNames"]))
    later = script.STAGES[1:]
    script.STAGES[:] = script.STAGES[:1]
    script.train(body, classifier, x, labels, mapping_of(case))
    before = [np.array(weight) for weight in body.get_weights()]
    old = classifier.get_weights()
    script.STAGES[:] = later
    model = script.train(body, classifier, x, labels, mapping_of(case))
    after = model.layers[1].get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(before, after)), "the body is frozen"
    head = model.layers[2].get_weights()
    assert not np.array_equal(old[0], head[0]), "the classifier is not"


def check_weight_decay_is_where_training_here_has_it(module, case):
    if len(case["stages"]) < 2:
        return
    sys.modules["class_balance"] = module
    script = load(pathlib.Path(module.__file__).parent / "train_stages.py")
    body = keras.Sequential(
        [keras.Input((6,)), keras.layers.Dense(8), keras.layers.BatchNormalization()]
    )
    classifier = keras.layers.Dense(len(case["classNames"]))
    for stage, wanted in zip(script.STAGES, case["stages"]):
        model, body, classifier, scale = script.begin_stage(body, classifier, stage)
        optimizer = script.make_optimizer(model, classifier, scale, stage)
        moved = model.trainable_variables
        for one in moved:
            one.assign(keras.ops.ones_like(one))
        optimizer.apply([keras.ops.zeros_like(one) for one in moved], moved)
        of_head = {id(one) for layer in (classifier, scale) if layer for one in layer.variables}
        for one in moved:
            decays = one.name in ("kernel", "scale")
            if id(one) in of_head and wanted["decayOn"] == "backbone":
                decays = False
            taken = stage["learning_rate"] * wanted["weightDecay"] / (1 - stage["momentum"])
            close(values(keras.ops.ravel(one)), [1 - taken if decays else 1] * int(np.prod(one.shape)))
            assert decays == bool(np.any(np.array(one) != 1)), one.path


run(cases(globals(), "class_balance.py", sys.argv[1]), sys.argv[1])
