/**
 * A name that a pickle asks Python to import. Here it stays a name: nothing is ever imported or
 * called but the functions the reader was given.
 */
export interface PickleName {
  readonly global: string;
}

/** A reference to something kept outside the pickle, as `torch.save` refers to its numbers. */
export interface PickleReference {
  readonly persistent: PickleValue;
}

/** Bytes of the file itself, not copied. */
export interface PickleBytes {
  readonly bytes: Buffer;
}

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleName
  | PickleReference
  | PickleBytes
  | PickleResult;

/** What an allowed function made. */
export interface PickleResult {
  readonly made: object;
}

export interface PickleRules {
  /** Names that may occur; a function where calling one is allowed, null where it is only a name. */
  readonly allowed: ReadonlyMap<string, ((args: readonly PickleValue[]) => PickleValue) | null>;
  /** Gives what an allowed function made its state; false refuses. None: objects have no state. */
  readonly setState?: (made: object, state: PickleValue) => boolean;
}

/** Why a pickle was not read: the reason is a code, the place a byte of the file. */
export class PickleRefusal extends Error {
  constructor(
    readonly reason: 'damaged' | 'name' | 'instruction',
    readonly at: number,
    readonly what: string,
  ) {
    super(`${reason} at ${at}: ${what}`);
    this.name = 'PickleRefusal';
  }
}

export const isPickleName = (value: PickleValue | undefined): value is PickleName =>
  typeof value === 'object' && value !== null && 'global' in value;

export const isPickleReference = (value: PickleValue | undefined): value is PickleReference =>
  typeof value === 'object' && value !== null && 'persistent' in value;

export const isPickleList = (value: PickleValue | undefined): value is PickleValue[] =>
  Array.isArray(value);

/**
 * Bytes a pickle holds. Python 2 wrote bytes and text alike: short ones are read as text, a letter
 * a byte, and turn back here. null for anything else.
 */
export const pickleBytes = (value: PickleValue | undefined): Buffer | null => {
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  return typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : null;
};

/** Text of a string, or of the bytes Python 2 wrote instead of one; null for anything else. */
export const pickleText = (value: PickleValue | undefined): string | null =>
  typeof value === 'string' ? value : (pickleBytes(value)?.toString() ?? null);

const mark = Symbol('mark');
/** Longer strings of Python 2 are data. */
const longestText = 255;

/** A reading machine for one pickle: the stack, the memo and the place in the bytes. */
class Machine {
  readonly #stack: (PickleValue | typeof mark)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  at: number;

  constructor(
    readonly bytes: Buffer,
    start: number,
    readonly rules: PickleRules,
  ) {
    this.at = start;
  }

  fail(what: string): never {
    throw new PickleRefusal('damaged', this.at, what);
  }

  take(length: number): Buffer {
    if (length < 0 || this.at + length > this.bytes.length) this.fail('end-of-file');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  rawLine(): Buffer {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) this.fail('end-of-file');
    return this.take(end + 1 - this.at).subarray(0, -1);
  }

  line(): string {
    return this.rawLine().toString().trimEnd();
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pushMark(): void {
    this.#stack.push(mark);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) this.fail('stack');
    return value;
  }

  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  popToMark(): PickleValue[] {
    const values: PickleValue[] = [];
    for (let value = this.#stack.pop(); value !== mark; value = this.#stack.pop()) {
      if (value === undefined) this.fail('mark');
      values.push(value);
    }
    return values.reverse();
  }

  remember(key: number): void {
    const value = this.pop();
    this.#memo.set(key, value);
    this.push(value);
  }

  memoSize(): number {
    return this.#memo.size;
  }

  recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) this.fail('memo');
    this.push(value);
  }

  name(module: string, name: string): void {
    const global = `${module}.${name}`;
    if (!this.rules.allowed.has(global))
      throw new PickleRefusal('name', this.at, global.slice(0, 200));
    this.push({ global });
  }

  call(): void {
    const args = this.pop();
    const target = this.pop();
    const make = isPickleName(target) ? this.rules.allowed.get(target.global) : undefined;
    if (!make || !isPickleList(args))
      throw new PickleRefusal('name', this.at, isPickleName(target) ? target.global : 'call');
    try {
      this.push(make(args));
    } catch (error) {
      if (error instanceof PickleRefusal) throw error;
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** `BUILD` gives an object its state. Dictionaries carry only notes about themselves there. */
  build(): void {
    const state = this.pop();
    const target = this.pop();
    const isMade = typeof target === 'object' && target !== null && 'made' in target;
    const taken = isMade && this.rules.setState?.(target.made, state) === true;
    if (!taken && !(target instanceof Map))
      throw new PickleRefusal('instruction', this.at, 'BUILD');
    this.push(target);
  }

  setItems(pairs: readonly PickleValue[]): void {
    const target = this.pop();
    if (!(target instanceof Map) || pairs.length % 2 !== 0) this.fail('dictionary');
    for (let i = 0; i < pairs.length; i += 2) target.set(pairs[i] ?? null, pairs[i + 1] ?? null);
    this.push(target);
  }

  append(values: readonly PickleValue[]): void {
    const target = this.pop();
    if (!isPickleList(target)) this.fail('list');
    for (const value of values) target.push(value);
    this.push(target);
  }

  /** A length of 1, 4 or 8 bytes and as many bytes. */
  block(lengthBytes: 1 | 4 | 8): Buffer {
    const length = this.take(lengthBytes);
    return this.take(
      lengthBytes === 8 ? Number(length.readBigUInt64LE()) : length.readUIntLE(0, lengthBytes),
    );
  }

  /** Python 2's string: text a letter a byte, or data. */
  oldString(bytes: Buffer): void {
    this.push(bytes.length > longestText ? { bytes } : bytes.toString('latin1'));
  }

  /** A number in a line of its own, as protocol 0 writes it. */
  numberLine(): void {
    const line = this.line();
    const value = Number(line.replace(/L$/, ''));
    if (line.length > 400 || Number.isNaN(value)) this.fail('number');
    this.push(line === '00' || line === '01' ? line === '01' : value);
  }

  /** Little-endian two's complement of any length; rounded beyond 2^53. */
  long(lengthBytes: 1 | 4): void {
    const digits = this.block(lengthBytes);
    if (digits.length > 255) this.fail('number');
    const value = digits.reduceRight((sum, digit) => sum * 256n + BigInt(digit), 0n);
    this.push(Number(BigInt.asIntN(8 * digits.length, value)));
  }
}

type Instruction = (machine: Machine) => void;

const constant =
  (value: PickleValue): Instruction =>
  (machine) =>
    machine.push(value);
const text =
  (lengthBytes: 1 | 4 | 8): Instruction =>
  (machine) =>
    machine.push(machine.block(lengthBytes).toString());
const bytes =
  (lengthBytes: 1 | 4 | 8): Instruction =>
  (machine) =>
    machine.push({ bytes: machine.block(lengthBytes) });
/** Python's escapes of text that is not quoted. */
const unescaped = (line: string): string =>
  line.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/g, (all, short?: string, long?: string) => {
    const code = parseInt(short ?? long ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
/** Python's escapes of a quoted string, a letter a byte. */
const unquoted = (line: string): string =>
  line
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-f]{2})|(.))/gs, (_, hex: string | undefined, letter: string) =>
      hex === undefined
        ? ({ n: '\n', r: '\r', t: '\t' }[letter] ?? letter)
        : String.fromCharCode(parseInt(hex, 16)),
    );
const tuple =
  (count: number): Instruction =>
  (machine) =>
    machine.push(machine.popMany(count));

const dictionary = (pairs: readonly PickleValue[]): Map<PickleValue, PickleValue> => {
  const made = new Map<PickleValue, PickleValue>();
  for (let i = 0; i < pairs.length; i += 2) made.set(pairs[i] ?? null, pairs[i + 1] ?? null);
  return made;
};

/** The instructions plain data and arrays are written with (Python's pickletools names them). */
const instructions: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x80, (m) => void m.take(1)], // PROTO
  [0x95, (m) => void m.take(8)], // FRAME
  [0x28, (m) => m.pushMark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x4e, constant(null)], // NONE
  [0x88, constant(true)], // NEWTRUE
  [0x89, constant(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.take(1).readUInt8(0))], // BININT1
  [0x4d, (m) => m.push(m.take(2).readUInt16LE(0))], // BININT2
  [0x4a, (m) => m.push(m.take(4).readInt32LE(0))], // BININT
  [0x49, (m) => m.numberLine()], // INT
  [0x4c, (m) => m.numberLine()], // LONG
  [0x46, (m) => m.numberLine()], // FLOAT
  [0x8a, (m) => m.long(1)], // LONG1
  [0x8b, (m) => m.long(4)], // LONG4
  [0x47, (m) => m.push(m.take(8).readDoubleBE(0))], // BINFLOAT
  [0x58, text(4)], // BINUNICODE
  [0x8c, text(1)], // SHORT_BINUNICODE
  [0x8d, text(8)], // BINUNICODE8
  [0x56, (m) => m.push(unescaped(m.rawLine().toString('latin1')))], // UNICODE
  [0x53, (m) => m.push(unquoted(m.line()))], // STRING
  [0x54, (m) => m.oldString(m.block(4))], // BINSTRING
  [0x55, (m) => m.oldString(m.block(1))], // SHORT_BINSTRING
  [0x43, bytes(1)], // SHORT_BINBYTES
  [0x42, bytes(4)], // BINBYTES
  [0x8e, bytes(8)], // BINBYTES8
  [0x96, bytes(8)], // BYTEARRAY8
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x85, tuple(1)], // TUPLE1
  [0x86, tuple(2)], // TUPLE2
  [0x87, tuple(3)], // TUPLE3
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x6c, (m) => m.push(m.popToMark())], // LIST
  [0x64, (m) => m.push(dictionary(m.popToMark()))], // DICT
  [0x61, (m) => m.append([m.pop()])], // APPEND
  [0x65, (m) => m.append(m.popToMark())], // APPENDS
  [0x73, (m) => m.setItems(m.popMany(2))], // SETITEM
  [0x75, (m) => m.setItems(m.popToMark())], // SETITEMS
  [0x70, (m) => m.remember(Number(m.line()))], // PUT
  [0x67, (m) => m.recall(Number(m.line()))], // GET
  [0x71, (m) => m.remember(m.take(1).readUInt8(0))], // BINPUT
  [0x72, (m) => m.remember(m.take(4).readUInt32LE(0))], // LONG_BINPUT
  [0x94, (m) => m.remember(m.memoSize())], // MEMOIZE
  [0x68, (m) => m.recall(m.take(1).readUInt8(0))], // BINGET
  [0x6a, (m) => m.recall(m.take(4).readUInt32LE(0))], // LONG_BINGET
  [0x63, (m) => m.name(m.line(), m.line())], // GLOBAL
  [
    0x93,
    (m) => {
      const [module, name] = m.popMany(2);
      if (typeof module !== 'string' || typeof name !== 'string') return m.fail('name');
      m.name(module, name);
    },
  ], // STACK_GLOBAL
  [0x51, (m) => m.push({ persistent: m.pop() })], // BINPERSID
  [0x52, (m) => m.call()], // REDUCE
  [0x62, (m) => m.build()], // BUILD
]);

const stop = 0x2e;

/**
 * Reads one pickle (protocols 0 to 5, the part plain data and arrays use) without running
 * anything: only the functions in `rules` are called, every other name or instruction is refused.
 * Gives the value and where the next byte is. Throws PickleRefusal.
 */
export const readPickle = (
  bytes: Buffer,
  start: number,
  rules: PickleRules,
): { readonly value: PickleValue; readonly end: number } => {
  const machine = new Machine(bytes, start, rules);
  for (;;) {
    const at = machine.at;
    const code = machine.take(1)[0] ?? 0;
    if (code === stop) return { value: machine.pop(), end: machine.at };
    const instruction = instructions.get(code);
    if (instruction === undefined)
      throw new PickleRefusal('instruction', at, `0x${code.toString(16)}`);
    instruction(machine);
  }
};
