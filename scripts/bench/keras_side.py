"""The peer of trainSide.ts: the same ResNet-8 in Keras 3 on TensorFlow.

One argument, JSON: {"jit": "auto" | true, "size": 32, "channels": 3, "data": null | {"pixels": path,
"labels": path}}. Prints what it is, then for every number N read does N steps (train_on_batch) or,
with data, N epochs (fit with tf.data) and prints the milliseconds of each. So the two sides can take
turns on the same processor.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH, CLASSES, WIDTH = 128, 10, 16


def conv(x, filters, stride=1, size=3):
    return layers.Conv2D(
        filters,
        size,
        strides=stride,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
        kernel_regularizer=keras.regularizers.L2(1e-4) if size == 3 else None,
    )(x)


def block(x, filters, stride):
    y = layers.ReLU()(layers.BatchNormalization()(conv(x, filters, stride)))
    y = layers.BatchNormalization()(conv(y, filters))
    if stride != 1 or x.shape[-1] != filters:
        x = conv(x, filters, stride, 1)
    return layers.ReLU()(layers.Add()([x, y]))


def resnet8(size, channels):
    inputs = layers.Input((size, size, channels))
    x = layers.ReLU()(layers.BatchNormalization()(conv(inputs, WIDTH)))
    for index in range(3):
        x = block(x, WIDTH * 2**index, 1 if index == 0 else 2)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(CLASSES, kernel_regularizer=keras.regularizers.L2(1e-4))(x)
    return keras.Model(inputs, outputs)


def answer(work):
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            begun = time.perf_counter()
            work()
            times.append((time.perf_counter() - begun) * 1000)
        print(json.dumps({"times": times}), flush=True)


def pictures(task):
    """What the guides of TensorFlow recommend: cache, shuffle, map in parallel, batch, prefetch."""
    size, channels = task["size"], task["channels"]
    pixels = np.fromfile(task["data"]["pixels"], np.uint8).reshape(-1, size, size, channels)
    labels = np.fromfile(task["data"]["labels"], np.uint8).astype(np.int32)
    mean = pixels.mean((0, 1, 2)).astype(np.float32)
    deviation = pixels.std((0, 1, 2)).astype(np.float32)

    def augment(x, y):
        x = (tf.cast(x, tf.float32) - mean) / deviation
        x = tf.pad(x, [[4, 4], [4, 4], [0, 0]])
        x = tf.image.random_crop(x, (size, size, channels))
        return tf.image.random_flip_left_right(x), y

    return (
        tf.data.Dataset.from_tensor_slices((pixels, labels))
        .cache()
        .shuffle(len(labels))
        .map(augment, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(BATCH)
        .prefetch(tf.data.AUTOTUNE)
    )


class Turns(keras.callbacks.Callback):
    """Waits before an epoch until it is asked for, and says how long it took."""

    wanted = 0
    times = []

    def on_epoch_begin(self, epoch, logs=None):
        if self.wanted == 0:
            line = sys.stdin.readline()
            if line == "":
                sys.exit(0)
            self.wanted, self.times = int(line), []
        self.begun = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.times.append((time.perf_counter() - self.begun) * 1000)
        self.wanted -= 1
        if self.wanted == 0:
            print(json.dumps({"times": self.times}), flush=True)


def main():
    task = json.loads(sys.argv[1])
    size, channels = task["size"], task["channels"]
    keras.utils.set_random_seed(0)
    model = resnet8(size, channels)
    # "auto" is what Keras gives its users.
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=task["jit"],
    )
    facts = {"keras": keras.__version__, "tensorflow": tf.__version__}
    if task["data"] is None:
        rng = np.random.default_rng(0)
        x = rng.standard_normal((BATCH, size, size, channels), dtype=np.float32)
        y = (np.arange(BATCH) % CLASSES).astype(np.int32)
        for _ in range(5):
            model.train_on_batch(x, y)
        print(json.dumps({**facts, "jit": bool(model.jit_compile)}), flush=True)
        answer(lambda: model.train_on_batch(x, y))
    else:
        data = pictures(task)
        model.fit(data, epochs=1, verbose=0)
        print(json.dumps({**facts, "jit": bool(model.jit_compile)}), flush=True)
        model.fit(data, epochs=10**6, verbose=0, callbacks=[Turns()])


main()
