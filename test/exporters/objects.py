"""Images with several classes for a case, and our factors of them."""

import random

from mappings import in_order, mapping_of


def images_of(case, most=400):
    """For each image the indices of its classes: none, one or several; never more than there are."""
    counts = [min(n, most) for n in in_order(case, case["counts"])]
    drawing = random.Random(5)
    left = [index for index, n in enumerate(counts) for _ in range(n)]
    drawing.shuffle(left)
    images = [[]]
    while left:
        images.append([left.pop() for _ in range(min(len(left), drawing.randint(1, 3)))])
    return images


def factors_of(case, images):
    repeats = case["stages"][-1]["sampler"]["repeats"]
    ours = in_order(case, repeats or [1] * len(case["classNames"]))
    return [max((ours[index] for index in own), default=1) for own in images]


def names_of(case):
    return list(mapping_of(case))
