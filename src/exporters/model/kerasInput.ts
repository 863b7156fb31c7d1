import type { SampleKind } from './sampleKind';
import { kerasPictures } from './kerasPictures';

const features = `
def prepare(features):
    # Features [items, width] of the frozen network, as the classifier takes them.
    return ((np.asarray(features) - INPUT["mean"]) / INPUT["deviation"]).astype("float32")


def read_samples(path):
    for row, features in enumerate(np.load(path)):
        yield f"{path}:{row}", features
`;

const table = String.raw`
NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)


def number_of(cell):
    # None for a missing value and for what is no number.
    text = str(cell).strip()
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def prepare(rows):
    # A list of rows, each a dict by column, as the network takes them.
    columns = INPUT["columns"]
    prepared = []
    for row in rows:
        numbers = []
        for column in columns:
            cell = row[column["name"]]
            if column["kind"] == "category":
                numbers += [float(str(cell).strip() == own) for own in column["categories"]]
                continue
            value = number_of(cell)
            missing = value is None
            numbers.append(0.0 if missing else (value - column["mean"]) / column["deviation"])
            numbers.append(float(missing))
        prepared.append(numbers)
    return np.array(prepared, "float32")


def read_samples(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield f"{path}:{line}", row
`;

const text = String.raw`
ALONE = (
    *("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "CJK RADICAL", "KANGXI", "IDEOGRAPHIC NUMBER"),
    *("IDEOGRAPHIC ITERATION", "HANGZHOU", "HIRAGANA LETTER", "HIRAGANA ITERATION"),
    *("HIRAGANA VOICED", "KATAKANA LETTER", "KATAKANA ITERATION", "THAI CHARACTER"),
)


def words_of(text):
    # Runs of letters, marks and digits; characters of scripts without spaces stand alone.
    words, word = [], ""
    for character in unicodedata.normalize("NFKC", text).lower() + " ":
        alone = ord(character) > 127 and unicodedata.name(character, "").startswith(ALONE)
        if not alone and unicodedata.category(character)[0] in "LMN":
            word += character
            continue
        if word:
            words.append(word)
            word = ""
        if alone:
            words.append(character)
    return words


def fnv1a(text):
    value = 0x811C9DC5
    for byte in text.encode("utf-8"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def prepare(texts):
    # A list of texts as the network takes them: hashed sequences of words, weighted, of length one.
    features, ngrams = INPUT["features"], INPUT["ngrams"]
    idf = np.array(INPUT["idf"])
    rows = np.zeros((len(texts), features))
    for row, text in zip(rows, texts):
        words = words_of(text)
        for start in range(len(words)):
            for end in range(start + 1, min(start + ngrams, len(words)) + 1):
                row[fnv1a(" ".join(words[start:end])) % features] += 1
        found = row > 0
        row[found] = (1 + np.log(row[found])) * idf[found]
        length = np.linalg.norm(row)
        if length > 0:
            row /= length
    return rows.astype("float32")


def read_samples(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield f"{path}:{line}", row[INPUT["column"]]
`;

/** What turns samples into the network's input, with the modules it imports. */
export const kerasInput: Readonly<
  Record<
    SampleKind,
    { readonly code: string; readonly imports: readonly string[]; readonly usage: string }
  >
> = {
  image: { code: kerasPictures('INPUT', 'area'), imports: ['math'], usage: 'PICTURE...' },
  frozen: {
    code: kerasPictures('{"channels": 3, **INPUT["network"]}', 'bicubic'),
    imports: [],
    usage: 'PICTURE...',
  },
  features: { code: features, imports: [], usage: 'FEATURES.npy' },
  tabular: { code: table, imports: ['csv', 're'], usage: 'TABLE.csv' },
  text: { code: text, imports: ['csv', 'unicodedata'], usage: 'TABLE.csv' },
};
