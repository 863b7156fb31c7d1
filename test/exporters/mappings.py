"""A user's own class mapping for a case, and our numbers in its order."""


def mapping_of(case):
    # As torchvision and Keras sort folders: by code point, so never in the order of the file.
    return {name: index for index, name in enumerate(sorted(case["classNames"]))}


def order_of(case):
    """For each index of the user's mapping, the position in our order."""
    return [case["classNames"].index(name) for name in mapping_of(case)]


def in_order(case, values):
    return [values[j] for j in order_of(case)]


def labels_in_order(case):
    place = {j: i for i, j in enumerate(order_of(case))}
    return [place[label] for label in case["labels"]]


def all_labels(case, share=1):
    """A label for each training sample, or for a share of them and one of each class at least."""
    counts = in_order(case, case["counts"])
    return [j for j, n in enumerate(counts) for _ in range(max(min(n, 1), int(n * share)))]


def stage_options(case, stage):
    return {"stage": stage["name"]} if len(case["stages"]) > 1 else {}
