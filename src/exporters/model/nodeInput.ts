import type { ModelInput } from '../../config/exportedModel/types';

const image = String.raw`
/** Weights [wanted][size] of one axis: the middle stays in the middle, what sticks out is cut off. */
const taps = (size, wanted, scale) => {
  const shrinks = scale < 1;
  const [reach, half] = shrinks ? [0.5 / scale, 0] : [1, 0.5];
  return Array.from({ length: wanted }, (_, x) => {
    const centre = (x + 0.5 - wanted / 2) / scale + size / 2;
    const weights = new Map();
    let sum = 0;
    for (let i = Math.floor(centre - reach + half); i < Math.ceil(centre + reach - half); i++) {
      // Shrinking averages what a pixel covers, growing interpolates between two neighbours.
      const covered = shrinks
        ? Math.min(i + 1, centre + reach) - Math.max(i, centre - reach)
        : 1 - Math.abs(i + 0.5 - centre);
      if (covered <= 0) continue;
      const at = Math.min(Math.max(i, 0), size - 1);
      weights.set(at, (weights.get(at) ?? 0) + covered);
      sum += covered;
    }
    return [...weights].map(([at, weight]) => [at, weight / sum]);
  });
};

/** Grey from colour by the luma of ITU-R BT.601; colour from grey by repeating it. */
const withChannels = ({ width, height, channels, data }) => {
  if (channels === input.channels) return data;
  if (input.channels === 3) return Uint8Array.from({ length: 3 * width * height }, (_, i) => data[(i / 3) | 0]);
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(0.299 * data[3 * i] + 0.587 * data[3 * i + 1] + 0.114 * data[3 * i + 2]),
  );
};

/** Bytes of the size and colours the network takes: scaled to cover it, centre cropped. */
const fit = (picture) => {
  const { width, height } = picture;
  const { channels } = input;
  const data = withChannels(picture);
  if (width === input.width && height === input.height) return data;
  const scale = Math.max(input.height / height, input.width / width);
  const across = taps(width, input.width, scale);
  const down = taps(height, input.height, scale);
  const row = input.width * channels;
  const rows = new Float64Array(height * row);
  for (let y = 0; y < height; y++)
    across.forEach((own, x) => {
      for (const [at, weight] of own)
        for (let c = 0; c < channels; c++)
          rows[y * row + x * channels + c] += weight * data[(y * width + at) * channels + c];
    });
  const fitted = new Uint8Array(input.height * row);
  down.forEach((own, y) => {
    for (let x = 0; x < row; x++)
      fitted[y * row + x] = Math.round(own.reduce((sum, [at, weight]) => sum + weight * rows[at * row + x], 0));
  });
  return fitted;
};

/** Pictures { width, height, channels: 1 or 3, data: bytes, row by row } as the network takes them. */
export const prepare = (pictures) => {
  const { height, width, channels, mean, deviation } = input;
  const size = height * width * channels;
  const numbers = new Float32Array(pictures.length * size);
  pictures.forEach((picture, i) => {
    fit(picture).forEach((byte, k) => {
      numbers[i * size + k] = (byte - mean[k % channels]) / deviation[k % channels];
    });
  });
  return numbers;
};

/** Leaves transparency out; 16 bits become 8. */
const opaque = ({ width, height, channels, data }, shift = 0) => {
  const kept = channels < 3 ? 1 : 3;
  const bytes = Uint8Array.from(
    { length: width * height * kept },
    (_, i) => data[((i / kept) | 0) * channels + (i % kept)] >> shift,
  );
  return { width, height, channels: kept, data: bytes };
};

/** Reads PNG files of 8 or 16 bits, or with a palette, and JPEG files. */
const readSamples = async function* (path) {
  const bytes = readFileSync(path);
  if (bytes[0] === 0x89) {
    const { decode, convertIndexedToRgb } = await import('fast-png');
    const png = decode(bytes);
    if (png.palette !== undefined) {
      const data = convertIndexedToRgb(png);
      yield [path, opaque({ ...png, data, channels: data.length / (png.width * png.height) })];
    } else yield [path, opaque(png, png.depth === 16 ? 8 : 0)];
    return;
  }
  const { default: decode, init } = await import('@jsquash/jpeg/decode.js');
  const codec = fileURLToPath(import.meta.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
  // The decoder hands its pixels over in a class of browsers.
  globalThis.ImageData ??= class {
    constructor(data, width, height) {
      Object.assign(this, { data, width, height });
    }
  };
  await init(await WebAssembly.compile(readFileSync(codec)));
  yield [path, opaque({ ...(await decode(bytes, { preserveOrientation: true })), channels: 4 })];
};
`;

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

/** What turns samples into the network's input. */
export const nodeInput: Readonly<
  Record<
    ModelInput['kind'],
    {
      readonly code: string;
      readonly usage: string;
      readonly packages: Readonly<Record<string, string>>;
    }
  >
> = {
  image: {
    code: image,
    usage: 'PICTURE...',
    packages: { '@jsquash/jpeg': '1.6.0', 'fast-png': '8.0.0' },
  },
  features: { code: features, usage: 'FEATURES.json', packages: {} },
  tabular: { code: table, usage: 'ROWS.json', packages: {} },
  text: { code: text, usage: 'TEXTS.json', packages: {} },
};
