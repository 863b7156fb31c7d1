import type { Issue } from '../../common/errors';
import { stageTable } from '../pythonStages';
import { origin } from '../pythonModule';
import type { ExportJob } from '../types';

const body = (job: ExportJob): string => `
import argparse
import math

import keras
import numpy as np

import class_balance

${stageTable(job)}


def load_data(path):
    # Yours: inputs, integer labels, and the class names in the order of these integers.
    data = np.load(path)
    return data["x"], data["y"], [str(name) for name in data["classes"]]


def load_model(shape, classes):
    # Yours: a body that gives features, and the dense layer behind it, without softmax.
    body = keras.Sequential(
        [keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(64, activation="relu")]
    )
    return body, keras.layers.Dense(classes)


class ClassScale(keras.layers.Layer):
    # A scale for each class behind the classifier. Kang et al., ICLR 2020 (LWS).

    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")

    def call(self, logits):
        return self.scale * logits


class Rate(keras.callbacks.Callback):
    # The learning rate of every step: warm-up, then the schedule of the stage.

    def __init__(self, stage, steps_per_epoch):
        super().__init__()
        self.stage, self.steps_per_epoch, self.step = stage, steps_per_epoch, 0

    def on_train_batch_begin(self, batch, logs=None):
        share = rate_at(self.stage, self.step, self.steps_per_epoch)
        self.model.optimizer.learning_rate.assign(self.stage["learning_rate"] * share)
        self.step += 1


def rate_at(stage, step, steps_per_epoch):
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


def begin_stage(body, classifier, stage):
    # Freezes what the stage does not train; gives the model that it trains.
    if stage["again"]:
        if stage["trainable"] == "all":
            body, classifier = keras.models.clone_model(body), clone_layer(classifier)
        else:
            classifier = clone_layer(classifier)
    if "cosine" in stage:
        classifier = class_balance.CosineClassifier(classifier.units, stage["cosine"])
    body.trainable = stage["trainable"] == "all"
    classifier.trainable = stage["trainable"] != "scale"
    scale = ClassScale() if stage["trainable"] in ("scale", "classifier-and-scale") else None
    # Frozen: its batch norm must not drift towards the re-balanced sample.
    inputs = keras.Input(body.input_shape[1:])
    features = body(inputs) if body.trainable else body(inputs, training=False)
    outputs = classifier(features)
    if stage["trainable"] == "scale" and not stage.get("scale_bias", False):
        if getattr(classifier, "bias", None) is not None:
            classifier.bias.assign(keras.ops.zeros_like(classifier.bias))
    if scale is not None:
        outputs = scale(outputs)
    return keras.Model(inputs, outputs), body, classifier, scale


def clone_layer(layer):
    return layer.__class__.from_config({**layer.get_config(), "name": None})


def fold(classifier, scale):
    # Scales into the classifier, so that nothing stands behind it.
    classifier.kernel.assign(classifier.kernel * scale.scale)
    if getattr(classifier, "bias", None) is not None:
        classifier.bias.assign(classifier.bias * scale.scale)


def make_optimizer(model, classifier, scale, stage):
    # Keras takes weight_decay * rate * weight off each weight by itself (decoupled, as in AdamW);
    # the config and PyTorch's SGD add weight_decay * weight to the gradient (L2), which momentum
    # sums up to 1 / (1 - momentum) of it. Divided by that it is as strong after some steps; it is
    # not the same step for step.
    optimizer = keras.optimizers.SGD(
        stage["learning_rate"],
        momentum=stage["momentum"],
        nesterov=stage["nesterov"],
        weight_decay=stage["weight_decay"] / (1 - stage["momentum"]) or None,
    )
    # It acts on kernels and class scales, not on biases and batch norms, as where this recipe was
    # measured; published code often gives it to all: then leave this out.
    scales = [] if scale is None else scale.trainable_variables
    kept = {id(one) for one in scales}
    spared = [one for one in model.trainable_variables if len(one.shape) < 2 and id(one) not in kept]
    if stage.get("decay_on") == "backbone":
        spared += [*classifier.trainable_variables, *scales]
    if spared and optimizer.weight_decay is not None:
        optimizer.exclude_from_weight_decay(var_list=spared)
    return optimizer


def train(body, classifier, x, y, class_mapping, seed=${job.config.seed}):
    for number, stage in enumerate(STAGES):
        model, body, classifier, scale = begin_stage(body, classifier, stage)
        batches = class_balance.EpochBatches(
            x,
            y,
            class_mapping,
            batch_size=stage["batch_size"],
            seed=seed + number,
            stage=stage["name"],
        )
        loss = class_balance.make_loss(class_mapping, stage=stage["name"])
        model.compile(make_optimizer(model, classifier, scale, stage), loss)
        callbacks = [Rate(stage, len(batches))]
        if hasattr(loss, "callback"):
            callbacks.append(loss.callback())
        model.fit(batches, epochs=stage["epochs"], callbacks=callbacks, verbose=2)
        if scale is not None:
            fold(classifier, scale)
    body.trainable = classifier.trainable = True
    inputs = keras.Input(body.input_shape[1:])
    return keras.Model(inputs, classifier(body(inputs)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", help="npz with x, y and classes")
    parser.add_argument("--out", default="model.keras")
    options = parser.parse_args()
    x, y, classes = load_data(options.data)
    body, classifier = load_model(x.shape[1:], len(classes))
    train(body, classifier, x, y, classes).save(options.out)


if __name__ == "__main__":
    main()
`;

/** A script that trains the stages of a config one after the other, around a network of the user's. */
export const stagesScript = (job: ExportJob, leftOut: readonly Issue[]): string =>
  `${origin(job, leftOut)}\n${body(job)}`;
