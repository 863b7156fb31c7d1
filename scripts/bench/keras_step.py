"""The peer of step.mjs: the same ResNet-8 in Keras 3 on TensorFlow, one training step at a time.

Talks in lines: prints "ready", then for every number N read from stdin runs N steps and prints the
milliseconds of each as a JSON list. So the two sides can take turns on the same processor.
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

BATCH, SIZE, CLASSES, WIDTH = 128, 28, 10, 16


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


def resnet8():
    inputs = layers.Input((SIZE, SIZE, 1))
    x = layers.ReLU()(layers.BatchNormalization()(conv(inputs, WIDTH)))
    for index in range(3):
        x = block(x, WIDTH * 2**index, 1 if index == 0 else 2)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(CLASSES, kernel_regularizer=keras.regularizers.L2(1e-4))(x)
    return keras.Model(inputs, outputs)


def main():
    # "auto" is what Keras gives its users; "false" is the graph without XLA.
    jit = {"auto": "auto", "true": True, "false": False}[sys.argv[1]]
    keras.utils.set_random_seed(0)
    model = resnet8()
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True),
        jit_compile=jit,
    )
    rng = np.random.default_rng(0)
    x = rng.standard_normal((BATCH, SIZE, SIZE, 1), dtype=np.float32)
    y = np.eye(CLASSES, dtype=np.float32)[np.arange(BATCH) % CLASSES]
    for _ in range(5):
        model.train_on_batch(x, y)
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    print(json.dumps({"ready": True, **versions, "jit": bool(model.jit_compile)}), flush=True)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            begun = time.perf_counter()
            model.train_on_batch(x, y)
            times.append((time.perf_counter() - begun) * 1000)
        print(json.dumps(times), flush=True)


main()
