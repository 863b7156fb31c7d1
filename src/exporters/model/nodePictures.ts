/** Functions of the module that bring pictures to what a network takes. */

/** Resampling as for networks trained here: area average when shrinking, bilinear when growing. */
const area = String.raw`
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

/** What stands between the two directions, and how a number becomes a byte. */
const Between = Float64Array;
const toByte = Math.round;
`;

/** Resampling as for frozen networks: bicubic as Pillow does it, bytes after each direction. */
const bicubic = String.raw`
/** Keys' curve with a = −½, which Pillow calls bicubic. */
const cubic = (distance) => {
  const x = Math.abs(distance);
  if (x < 1) return 1 + x * x * (1.5 * x - 2.5);
  return x < 2 ? 2 - x * (4 + x * (0.5 * x - 2.5)) : 0;
};

/** Weights [wanted][size] of one axis: the middle stays in the middle, what sticks out is cut off. */
const taps = (size, wanted, scale) => {
  // Shrinking widens the curve, so that no pixel is skipped.
  const stretch = Math.max(1, 1 / scale);
  return Array.from({ length: wanted }, (_, x) => {
    const centre = (x + 0.5 - wanted / 2) / scale + size / 2;
    const first = Math.max(0, Math.floor(centre - 2 * stretch));
    const last = Math.min(size, Math.ceil(centre + 2 * stretch));
    const weights = Array.from({ length: last - first }, (_, i) =>
      cubic((first + i + 0.5 - centre) / stretch),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight, i) => [first + i, Math.fround(Math.fround(weight) / sum)]);
  });
};

/** What stands between the two directions rounds as the last one does: half to even. */
const Between = Uint8ClampedArray;
const toByte = (number) => number;
`;

const prepare = String.raw`
/** Grey from colour by the luma of ITU-R BT.601; colour from grey by repeating it. */
const withChannels = ({ width, height, channels, data }) => {
  if (channels === picture.channels) return data;
  if (picture.channels === 3) return Uint8Array.from({ length: 3 * width * height }, (_, i) => data[(i / 3) | 0]);
  return Uint8Array.from({ length: width * height }, (_, i) =>
    Math.round(0.299 * data[3 * i] + 0.587 * data[3 * i + 1] + 0.114 * data[3 * i + 2]),
  );
};

/** Bytes of the size and colours the network takes: scaled to cover it, centre cropped. */
const fit = (given) => {
  const { width, height } = given;
  const { channels } = picture;
  const data = withChannels(given);
  if (width === picture.width && height === picture.height) return data;
  const scale = Math.max(picture.height / height, picture.width / width);
  const across = taps(width, picture.width, scale);
  const down = taps(height, picture.height, scale);
  const row = picture.width * channels;
  const rows = new Between(height * row);
  for (let y = 0; y < height; y++)
    across.forEach((own, x) => {
      for (let c = 0; c < channels; c++)
        rows[y * row + x * channels + c] = own.reduce(
          (sum, [at, weight]) => sum + weight * data[(y * width + at) * channels + c],
          0,
        );
    });
  const fitted = new Uint8ClampedArray(picture.height * row);
  down.forEach((own, y) => {
    for (let x = 0; x < row; x++)
      fitted[y * row + x] = toByte(own.reduce((sum, [at, weight]) => sum + weight * rows[at * row + x], 0));
  });
  return fitted;
};

/** Pictures { width, height, channels: 1 or 3, data: bytes, row by row } as the network takes them. */
export const prepare = (pictures) => {
  const { height, width, channels, mean, deviation } = picture;
  const size = height * width * channels;
  const numbers = new Float32Array(pictures.length * size);
  pictures.forEach((one, i) => {
    fit(one).forEach((byte, k) => {
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

/** From the pictures of a description to the network's input. */
export const nodePictures = (settings: string, resize: 'area' | 'bicubic'): string =>
  [
    `\n/** Size and colours of what the network takes. */\nconst picture = ${settings};\n`,
    resize === 'area' ? area : bicubic,
    prepare,
  ].join('');
