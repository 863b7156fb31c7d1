import { createHash } from 'node:crypto';
import { LongtailError } from '../../common/errors';
import type { FrozenTensor, FrozenWeights } from './fold';
import { fromHalf, toHalf } from './half';

const magic = 'LTWEIGH1';
const prefixBytes = 12;
const schema = 'longtail.weights/1';

interface ArrayEntry {
  readonly layer: string;
  readonly part: 'kernel' | 'bias';
  readonly shape: readonly number[];
}

interface Header {
  readonly schema: string;
  readonly net: string;
  /** Where the weights come from and under which licence. */
  readonly source: string;
  readonly arrays: readonly ArrayEntry[];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Weights of a network as one file: a JSON header, then all numbers as float16, little-endian. */
export const encodeWeights = (net: string, source: string, weights: FrozenWeights): Uint8Array => {
  const arrays: ArrayEntry[] = [];
  const parts: Buffer[] = [];
  for (const [layer, tensors] of weights)
    for (const part of ['kernel', 'bias'] as const) {
      const { shape, values } = tensors[part];
      arrays.push({ layer, part, shape });
      parts.push(Buffer.from(toHalf(values).buffer));
    }
  const header: Header = { schema, net, source, arrays };
  const text = JSON.stringify(header);
  // The numbers begin at a multiple of two bytes.
  const json = Buffer.from(text.padEnd(text.length + (Buffer.byteLength(text) % 2)));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(json.length, 8);
  return Buffer.concat([prefix, json, ...parts]);
};

/** Whether bytes begin as such a file does. */
export const isWeightsFile = (file: Buffer): boolean =>
  file.toString('latin1', 0, magic.length) === magic;

/** Reads such a file. Throws `pretrained/damaged` with the file and the place. */
export const decodeWeights = (
  file: Buffer,
  path: string,
): { readonly net: string; readonly weights: FrozenWeights } => {
  const damaged = (at: number, what: string): LongtailError =>
    new LongtailError('pretrained/damaged', { path, at, what });
  if (!isWeightsFile(file) || file.length < prefixBytes) throw damaged(0, magic);
  const start = prefixBytes + file.readUInt32LE(8);
  let header: Header;
  try {
    header = JSON.parse(file.toString('utf8', prefixBytes, start)) as Header;
  } catch {
    throw damaged(prefixBytes, 'JSON');
  }
  if (header.schema !== schema) throw damaged(prefixBytes, schema);
  const weights = new Map<string, Partial<Record<ArrayEntry['part'], FrozenTensor>>>();
  let at = start;
  for (const { layer, part, shape } of header.arrays) {
    const end = at + 2 * sizeOf(shape);
    if (end > file.length) throw damaged(file.length, layer);
    const halves = new Uint16Array(new Uint8Array(file.subarray(at, end)).buffer);
    weights.set(layer, { ...weights.get(layer), [part]: { shape, values: fromHalf(halves) } });
    at = end;
  }
  if (at !== file.length) throw damaged(at, 'length');
  const whole = new Map<string, { kernel: FrozenTensor; bias: FrozenTensor }>();
  for (const [layer, { kernel, bias }] of weights) {
    if (kernel === undefined || bias === undefined) throw damaged(prefixBytes, layer);
    whole.set(layer, { kernel, bias });
  }
  return { net: header.net, weights: whole };
};

/** What tells one set of weights from another. */
export const weightsHash = (file: Uint8Array): string =>
  createHash('sha256').update(file).digest('hex').slice(0, 16);
