import { isPickleList, isPickleName, PickleRefusal } from './values';
import type { PickleRules, PickleValue } from './values';

const mark = Symbol('mark');
/** Longer strings of Python 2 are data. */
const longestText = 255;

/** A reading machine for one pickle: the stack, the memo and the place in the bytes. */
export class PickleMachine {
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
