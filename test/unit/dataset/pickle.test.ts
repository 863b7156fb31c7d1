import { describe, expect, it } from 'vitest';
import { PickleRefusal } from '../../../src/dataset/arrays/pickle/values';
import { readPickledData } from '../../../src/dataset/arrays/pickledArrays';
import { interleaved } from '../../../src/dataset/formats/pixelRows';

/** Instructions as text, a letter a byte. */
const read = (pickle: string) => readPickledData(Buffer.from(pickle, 'latin1'));
const refusal = (pickle: string): unknown => {
  try {
    read(pickle);
  } catch (error) {
    return error instanceof PickleRefusal ? [error.reason, error.what] : error;
  }
  return null;
};

describe('pickled data', () => {
  // What Python 3.11 writes for {'a': [1, 2.5, True, -300], 'b': ['x', 'é']}.
  it.each([
    [0, '(dp0\nVa\np1\n(lp2\nI1\naF2.5\naI01\naI-300\nasVb\np3\n(lp4\nVx\np5\naV\xe9\np6\nas.'],
    [
      1,
      '}q\0(X\x01\0\0\0aq\x01]q\x02(K\x01G@\x04\0\0\0\0\0\0I01\nJ\xd4\xfe\xff\xffeX\x01\0\0\0bq\x03]q\x04(X\x01\0\0\0xq\x05X\x02\0\0\0\xc3\xa9q\x06eu.',
    ],
    [
      2,
      '\x80\x02}q\0(X\x01\0\0\0aq\x01]q\x02(K\x01G@\x04\0\0\0\0\0\0\x88J\xd4\xfe\xff\xffeX\x01\0\0\0bq\x03]q\x04(X\x01\0\0\0xq\x05X\x02\0\0\0\xc3\xa9q\x06eu.',
    ],
    [
      4,
      '\x80\x04\x95\x26\0\0\0\0\0\0\0}\x94(\x8c\x01a\x94](K\x01G@\x04\0\0\0\0\0\0\x88J\xd4\xfe\xff\xffe\x8c\x01b\x94]\x94(\x8c\x01x\x94\x8c\x02\xc3\xa9\x94eu.',
    ],
  ])('is read from protocol %i', (_, pickle) => {
    expect(read(pickle).texts('b')).toEqual(['x', 'é']);
    const [one, half, , minus] = [1, 2.5, true, -300];
    const rest = pickle.replace(/I01\na|I01\n|\x88/, '');
    expect(read(rest).numbers('a')).toEqual([one, half, minus]);
  });

  it('runs nothing and names what it refuses', () => {
    expect(refusal("cos\nsystem\n(S'echo'\ntR.")).toEqual(['name', 'os.system']);
    expect(refusal('\x80\x04\x8c\x08builtins\x8c\x04eval\x93.')).toEqual(['name', 'builtins.eval']);
    // A name that may stand there is still not called.
    expect(refusal('cnumpy\nndarray\n)R.')).toEqual(['name', 'numpy.ndarray']);
    expect(refusal('\x82\x01.')).toEqual(['instruction', '0x82']);
    expect(refusal('(i__main__\nClass\n.')).toEqual(['instruction', '0x69']);
  });

  it.each([
    ['nothing', ''],
    ['no end', '}'],
    ['a length beyond the file', 'T\xff\xff\xff\x7f'],
    ['a length of 2^63', '\x8e\0\0\0\0\0\0\0\x80'],
    ['a number of thousands of digits', `L${'9'.repeat(1000)}L\n.`],
    ['a memo that is not there', 'h\x05.'],
    ['no mark', 'Nt.'],
    ['an odd dictionary', '}(K\x01u.'],
    ['no dictionary', 'K\x01.'],
    ['a list as dictionary', ']K\x01K\x02s.'],
  ])('is damaged with %s', (_, pickle) => {
    expect(refusal(pickle)).toEqual(['damaged', expect.any(String)]);
  });

  it('keeps own properties of objects apart from keys', () => {
    const data = read('}(X\x09\0\0\0__proto__]K\x01au.');
    expect(data.numbers('__proto__')).toEqual([1]);
    expect(data.numbers('constructor')).toBeNull();
  });
});

it('planes become pixels', () => {
  expect([...interleaved(Uint8Array.of(1, 2, 11, 12, 21, 22), 3)]).toEqual([1, 11, 21, 2, 12, 22]);
});
