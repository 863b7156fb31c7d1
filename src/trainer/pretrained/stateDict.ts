import { LongtailError } from '../../common/errors';
import {
  isPickleList,
  isPickleName,
  isPickleReference,
  PickleRefusal,
  type PickleRules,
  type PickleValue,
} from '../../dataset/arrays/pickle/values';
import { readPickle } from '../../dataset/arrays/pickle/readPickle';
import { readZipEntry, zipEntries } from '../../dataset/arrays/zip';
import { fromHalf } from './half';

/** A tensor of a state dict, row-major. */
export interface StateTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** How the numbers of a kind of storage are written; null for kinds whose numbers are not read. */
interface Storage {
  readonly bytes: number;
  readonly read: ((bytes: Buffer) => Float32Array) | null;
}

const aligned = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

const upperHalves = (bytes: Buffer): Float32Array => {
  const words = Uint32Array.from(new Uint16Array(aligned(bytes)), (half) => half << 16);
  return new Float32Array(words.buffer);
};

const storages: ReadonlyMap<string, Storage> = new Map([
  ['torch.FloatStorage', { bytes: 4, read: (b: Buffer) => new Float32Array(aligned(b)) }],
  [
    'torch.DoubleStorage',
    { bytes: 8, read: (b: Buffer) => Float32Array.from(new Float64Array(aligned(b))) },
  ],
  ['torch.HalfStorage', { bytes: 2, read: (b: Buffer) => fromHalf(new Uint16Array(aligned(b))) }],
  ['torch.BFloat16Storage', { bytes: 2, read: upperHalves }],
  ['torch.LongStorage', { bytes: 8, read: null }],
  ['torch.IntStorage', { bytes: 4, read: null }],
  ['torch.ShortStorage', { bytes: 2, read: null }],
  ['torch.CharStorage', { bytes: 1, read: null }],
  ['torch.ByteStorage', { bytes: 1, read: null }],
  ['torch.BoolStorage', { bytes: 1, read: null }],
]);

/** A tensor as the pickle describes it: a window into a storage that is kept outside. */
class Window {
  constructor(
    readonly storage: { readonly kind: string; readonly key: string; readonly length: number },
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}

  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  /** Whether it stays inside its storage, and does not blow few numbers up to many. */
  fits(): boolean {
    const last = this.shape.reduce(
      (at, n, i) => at + (n - 1) * (this.strides[i] ?? 0),
      this.offset,
    );
    const { length } = this.storage;
    return (
      this.shape.length === this.strides.length &&
      this.size <= length &&
      (this.size === 0 || last < length)
    );
  }

  values(numbers: Float32Array): Float32Array {
    const values = new Float32Array(this.size);
    const index = this.shape.map(() => 0);
    let at = this.offset;
    for (let i = 0; i < values.length; i++) {
      values[i] = numbers[at] ?? NaN;
      for (let axis = index.length - 1; axis >= 0; axis--) {
        const next = (index[axis] ?? 0) + 1;
        const stride = this.strides[axis] ?? 0;
        if (next < (this.shape[axis] ?? 0)) {
          index[axis] = next;
          at += stride;
          break;
        }
        at -= (next - 1) * stride;
        index[axis] = 0;
      }
    }
    return values;
  }
}

const sizes = (value: PickleValue | undefined): number[] => {
  if (!isPickleList(value)) throw new RangeError('sizes');
  return value.map((n) => {
    if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw new RangeError('sizes');
    return n;
  });
};

/** ('storage', kind, key, where it was, length, …), the reference `torch.save` writes. */
const storageOf = (value: PickleValue | undefined): Window['storage'] => {
  const parts = isPickleReference(value) ? value.persistent : undefined;
  const [tag, kind, key, , length] = isPickleList(parts) ? parts : [];
  if (tag !== 'storage' || !isPickleName(kind) || typeof key !== 'string')
    throw new RangeError('storage');
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0)
    throw new RangeError('storage');
  return { kind: kind.global, key, length };
};

const rebuildTensor = (args: readonly PickleValue[]): PickleValue => {
  const [storage, offset, shape, strides] = args;
  const window = new Window(
    storageOf(storage),
    sizes([offset ?? null])[0] ?? 0,
    sizes(shape),
    sizes(strides),
  );
  if (!window.fits()) throw new RangeError('tensor');
  return { made: window };
};

const orderedDict = (args: readonly PickleValue[]): PickleValue => {
  const [pairs] = args;
  const made = new Map<PickleValue, PickleValue>();
  if (pairs === undefined) return made;
  if (!isPickleList(pairs)) throw new RangeError('dictionary');
  for (const pair of pairs) {
    if (!isPickleList(pair)) throw new RangeError('dictionary');
    made.set(pair[0] ?? null, pair[1] ?? null);
  }
  return made;
};

const rules: PickleRules = {
  allowed: new Map<string, ((args: readonly PickleValue[]) => PickleValue) | null>([
    ['collections.OrderedDict', orderedDict],
    ['torch._utils._rebuild_tensor_v2', rebuildTensor],
    ['torch._utils._rebuild_parameter', (args) => args[0] ?? null],
    ...[...storages.keys()].map((name): [string, null] => [name, null]),
  ]),
};

/** First number `torch.save` wrote before PyTorch 1.6, rounded as the machine rounds. */
const legacyMagic = Number(0x1950a86a20f9469cfc6cn);
const legacyProtocol = 1001;

interface Parsed {
  readonly value: PickleValue;
  /** Bytes of a storage; throws RangeError where they are not there. */
  readonly bytesOf: (storage: Window['storage']) => Buffer;
}

const storageBytes = ({ kind, length }: Window['storage']): number =>
  (storages.get(kind)?.bytes ?? 0) * length;

/** The layout until PyTorch 1.5: pickles one after the other, then the storages. */
const parseLegacy = (file: Buffer): Parsed => {
  const magic = readPickle(file, 0, rules);
  if (magic.value !== legacyMagic) throw new PickleRefusal('damaged', 0, 'magic');
  const protocol = readPickle(file, magic.end, rules);
  if (protocol.value !== legacyProtocol) throw new PickleRefusal('damaged', magic.end, 'protocol');
  const system = readPickle(file, protocol.end, rules);
  const content = readPickle(file, system.end, rules);
  const keys = readPickle(file, content.end, rules);
  if (!isPickleList(keys.value)) throw new PickleRefusal('damaged', content.end, 'storages');
  const kinds = new Map<string, Window['storage']>();
  for (const window of windowsIn(content.value)) kinds.set(window.storage.key, window.storage);
  const places = new Map<string, number>();
  let at = keys.end;
  for (const key of keys.value) {
    const storage = typeof key === 'string' ? kinds.get(key) : undefined;
    if (storage === undefined || at + 8 > file.length)
      throw new PickleRefusal('damaged', at, 'storage');
    const length = Number(file.readBigInt64LE(at));
    if (length !== storage.length) throw new PickleRefusal('damaged', at, storage.key);
    places.set(storage.key, at + 8);
    at += 8 + storageBytes(storage);
    if (at > file.length) throw new PickleRefusal('damaged', file.length, storage.key);
  }
  return {
    value: content.value,
    bytesOf: (storage) => {
      const start = places.get(storage.key);
      if (start === undefined) throw new PickleRefusal('damaged', keys.end, storage.key);
      return file.subarray(start, start + storageBytes(storage));
    },
  };
};

const isZip = (file: Buffer): boolean => file.length > 4 && file.readUInt32LE(0) === 0x04034b50;

/** The layout from PyTorch 1.6 on: a zip with `data.pkl` and one file a storage. */
const parseZip = (file: Buffer, path: string): Parsed => {
  const open = {
    size: file.length,
    read: (offset: number, length: number) => file.subarray(offset, offset + length),
    close: () => undefined,
  };
  const entries = new Map(zipEntries(open, path).map((entry) => [entry.name, entry]));
  const read = (name: string): Buffer | null => {
    const entry = entries.get(name);
    return entry === undefined ? null : Buffer.from(readZipEntry(open, path, entry));
  };
  const main = [...entries.keys()].find((name) => /(^|\/)data\.pkl$/.test(name)) ?? '';
  const folder = main.slice(0, -'data.pkl'.length);
  const order = read(`${folder}byteorder`)?.toString().trim() ?? 'little';
  const pickle = read(main);
  if (pickle === null || order !== 'little')
    throw new PickleRefusal('damaged', 0, pickle === null ? 'data.pkl' : order);
  const { value } = readPickle(pickle, 0, rules);
  return {
    value,
    bytesOf: (storage) => {
      const name = `${folder}data/${storage.key}`;
      const bytes = read(name);
      if (bytes?.length !== storageBytes(storage))
        throw new PickleRefusal('damaged', entries.get(name)?.offset ?? 0, name);
      return bytes;
    },
  };
};

/** Every tensor in a dictionary, nested ones included. */
function* windowsIn(value: PickleValue): Generator<Window> {
  if (value instanceof Map) for (const inner of value.values()) yield* windowsIn(inner);
  else if (isPickleList(value)) for (const inner of value) yield* windowsIn(inner);
  else if (typeof value === 'object' && value !== null && 'made' in value)
    if (value.made instanceof Window) yield value.made;
}

/** The dictionary of tensors: the file's own, or the one training scripts keep beside other things. */
const dictionaryOf = (value: PickleValue): Map<PickleValue, PickleValue> => {
  if (!(value instanceof Map)) throw new PickleRefusal('damaged', 0, 'dictionary');
  for (const key of ['state_dict', 'model_state_dict', 'model']) {
    const inner = value.get(key);
    if (inner instanceof Map) return inner;
  }
  return value;
};

const refusal = (path: string, error: unknown): unknown => {
  if (error instanceof PickleRefusal)
    return new LongtailError(
      `pretrained/${error.reason}`,
      { path, at: error.at, what: error.what },
      { cause: error },
    );
  if (error instanceof RangeError)
    return new LongtailError(
      'pretrained/damaged',
      { path, at: 0, what: error.message },
      { cause: error },
    );
  return error;
};

/**
 * Reads the tensors of a PyTorch state dict by name: the file `torch.save(model.state_dict(), …)`
 * writes, in the old layout or the zip one. The pickle inside is interpreted by a machine that
 * knows dictionaries and tensors only; nothing of it is run. Whole numbers (step counters) are
 * left out. Throws `pretrained/damaged`, `pretrained/name` (it wants to import something else) or
 * `pretrained/instruction`, each with the file and the place.
 */
export const parseStateDict = (file: Buffer, path: string): ReadonlyMap<string, StateTensor> => {
  try {
    const parsed = isZip(file) ? parseZip(file, path) : parseLegacy(file);
    const numbers = new Map<string, Float32Array>();
    const tensors = new Map<string, StateTensor>();
    for (const [name, value] of dictionaryOf(parsed.value)) {
      const [window] = value instanceof Map ? [] : windowsIn(value);
      const read = window && storages.get(window.storage.kind)?.read;
      if (typeof name !== 'string' || !window || !read) continue;
      const known = numbers.get(window.storage.key) ?? read(parsed.bytesOf(window.storage));
      numbers.set(window.storage.key, known);
      tensors.set(name.replace(/^module\./, ''), {
        shape: window.shape,
        values: window.values(known),
      });
    }
    if (tensors.size === 0) throw new PickleRefusal('damaged', 0, 'tensors');
    return tensors;
  } catch (error) {
    throw refusal(path, error);
  }
};
