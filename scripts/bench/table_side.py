"""pandas and scikit-learn's side: a table on disk to the numbers a network sees, once. Numbers are
standardised with the mean and a flag where they are missing, words are one-hot. Argument: the CSV.
Prints the seconds it took as JSON; imports do not count."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

begun, used = time.perf_counter(), time.process_time()
table = pd.read_csv(sys.argv[1])
read = time.perf_counter()
labels = table.pop("label").astype("category").cat.codes.to_numpy()
numeric = list(table.select_dtypes("number").columns)
words = [name for name in table.columns if name not in numeric]
numbers = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numeric),
        ("words", OneHotEncoder(sparse_output=False, dtype=np.float32), words),
    ]
).fit_transform(table).astype(np.float32)
end = time.perf_counter()
print(
    json.dumps(
        {
            "parts": [read - begun, end - read],
            "seconds": end - begun,
            "processor": time.process_time() - used,
            "shape": [len(labels), numbers.shape[1]],
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
    )
)
