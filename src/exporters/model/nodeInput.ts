import { nodePictures } from './nodePictures';
import type { SampleKind } from './sampleKind';

const features = `
/** Features of the frozen network, an array of numbers an item, as the classifier takes them. */
export const prepare = (items) =>
  Float32Array.from(
    items.flatMap((item) => Array.from(item, (x, d) => (x - input.mean[d]) / input.deviation[d])),
  );

/** A file of JSON: an array of features an item. */
const readSamples = async function* (path) {
  for (const [row, item] of JSON.parse(readFileSync(path, 'utf8')).entries()) yield [\`\${path}:\${row}\`, item];
};
`;

const table = String.raw`
const number = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;

/** Rows, objects by column, as the network takes them. */
export const prepare = (rows) =>
  Float32Array.from(
    rows.flatMap((row) =>
      input.columns.flatMap(({ kind, name, ...column }) => {
        const text = String(row[name]).trim();
        if (kind === 'category') return column.categories.map((own) => Number(own === text));
        // A missing value is zero, with a flag beside it.
        if (!number.test(text)) return [0, 1];
        return [(Number(text.replace(',', '.')) - column.mean) / column.deviation, 0];
      }),
    ),
  );

/** A file of JSON: an array of rows. */
const readSamples = async function* (path) {
  for (const [row, item] of JSON.parse(readFileSync(path, 'utf8')).entries()) yield [${'`${path}:${row}`'}, item];
};
`;

const text = String.raw`
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+/gu;

const fnv1a = (sequence) =>
  Buffer.from(sequence).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;

/** Texts as the network takes them: hashed sequences of words, weighted, of length one. */
export const prepare = (texts) => {
  const { features, ngrams, idf } = input;
  const numbers = new Float32Array(texts.length * features);
  texts.forEach((text, row) => {
    const found = text.normalize('NFKC').toLowerCase().match(words) ?? [];
    const counts = new Map();
    for (let start = 0; start < found.length; start++)
      for (let end = start + 1; end <= Math.min(start + ngrams, found.length); end++) {
        const feature = fnv1a(found.slice(start, end).join(' ')) % features;
        counts.set(feature, (counts.get(feature) ?? 0) + 1);
      }
    const weighted = [...counts].map(([at, count]) => [at, (1 + Math.log(count)) * idf[at]]);
    const length = Math.hypot(...weighted.map(([, weight]) => weight)) || 1;
    for (const [at, weight] of weighted) numbers[row * features + at] = weight / length;
  });
  return numbers;
};

/** A file of JSON: an array of texts. */
const readSamples = async function* (path) {
  for (const [row, item] of JSON.parse(readFileSync(path, 'utf8')).entries()) yield [${'`${path}:${row}`'}, item];
};
`;

const decoders = { '@jsquash/jpeg': '1.6.0', 'fast-png': '8.0.0' };

/** What turns samples into the network's input. */
export const nodeInput: Readonly<
  Record<
    SampleKind,
    {
      readonly code: string;
      readonly usage: string;
      readonly packages: Readonly<Record<string, string>>;
    }
  >
> = {
  image: {
    code: nodePictures('input', 'area'),
    usage: 'PICTURE...',
    packages: decoders,
  },
  frozen: {
    code: nodePictures('{ channels: 3, ...input.network }', 'bicubic'),
    usage: 'PICTURE...',
    packages: decoders,
  },
  features: { code: features, usage: 'FEATURES.json', packages: {} },
  tabular: { code: table, usage: 'ROWS.json', packages: {} },
  text: { code: text, usage: 'TEXTS.json', packages: {} },
};
