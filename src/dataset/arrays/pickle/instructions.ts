import type { PickleMachine } from './machine';
import type { PickleValue } from './values';

/** What one instruction does to the machine. */
export type Instruction = (machine: PickleMachine) => void;

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
export const instructions: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
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
