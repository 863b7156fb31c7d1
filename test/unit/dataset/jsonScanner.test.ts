import { describe, expect, it } from 'vitest';
import { JsonDamage, JsonScanner } from '../../../src/dataset/json/jsonScanner';
import { KeyTable } from '../../../src/dataset/json/keyTable';
import type { OpenFile } from '../../../src/dataset/types';

/** A file that gives at most `piece` bytes at a time, as a slow disk may. */
const inPieces = (text: string, piece: number): OpenFile => {
  const bytes = Buffer.from(text);
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + Math.min(piece, length)),
    close: () => undefined,
  };
};

const keys = new KeyTable(['id', 'größe', 'name', 'list', 'on']);
const id = 0;
const size = 1;
const name = 2;
const list = 3;
const on = 4;

/** Everything the scanner says of a list of objects. */
const readAll = (file: OpenFile): unknown[] => {
  const scanner = new JsonScanner(file);
  const found: unknown[] = [];
  scanner.array(() => {
    scanner.object(keys, (key) => {
      if (key === id) found.push(['id', scanner.id()]);
      else if (key === size) found.push(['size', scanner.number()]);
      else if (key === name) found.push(['name', scanner.text()]);
      else if (key === on) found.push(['on', scanner.number()]);
      else if (key === list) {
        scanner.array(() => {
          found.push(scanner.number());
        });
      } else {
        scanner.skip();
        found.push(['else', scanner.offset]);
      }
    });
  });
  return found;
};

const text =
  '[{"id": 12, "größe": -1.5e3, "name": "a \\"b\\\\\\" é", "list": [1, 2.25, "3"], "x": {"y": ["]", "}\\\\"]}},' +
  ' {"id":"0012","id":"7","no":[[1.25,2,3],[4,{"é\\"]":"[{"}]] ,"on":true,"größe":null,"deep":[[[[[]]]]]}\n]';

describe('JsonScanner', () => {
  const whole = readAll(inPieces(text, text.length * 4));

  it('reads what JSON.parse reads', () => {
    expect(whole.slice(0, 6)).toEqual([
      ['id', 12],
      ['size', -1500],
      ['name', 'a "b\\" é'],
      1,
      2.25,
      3,
    ]);
    expect(whole).toContainEqual(['id', '0012']);
    expect(whole).toContainEqual(['id', 7]);
    expect(whole).toContainEqual(['on', 1]);
    expect(whole.filter((each) => Array.isArray(each) && each[0] === 'else')).toHaveLength(3);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 13, 64])('reads the same in pieces of %i bytes', (piece) => {
    expect(readAll(inPieces(text, piece))).toEqual(whole);
  });

  it('reads the same wherever its values stand in a chunk', () => {
    for (let blanks = 0; blanks < text.length; blanks++) {
      const moved = readAll(inPieces(' '.repeat(256 * 1024 - blanks) + text, 1 << 20));
      const inPlace = moved.map((each) =>
        Array.isArray(each) && each[0] === 'else'
          ? ['else', Number(each[1]) - (256 * 1024 - blanks)]
          : each,
      );
      expect(inPlace, `${String(blanks)} bytes before the border`).toEqual(whole);
    }
  });

  it('passes over what it does not want whatever stands in it', () => {
    for (const inner of ['"[{"', '"\\\\"', '"\\"]"', '1.5', '[]', '{"a":[1]}', '"é[\u{1F600}"'])
      for (let pad = 0; pad < 9; pad++) {
        const json = `[{"a":[${'1'.repeat(pad + 1)},${inner},${inner}],"id":5}]`;
        expect(readAll(inPieces(json, 1 << 20)), json).toContainEqual(['id', 5]);
      }
  });

  it('finds keys in whatever order they came before', () => {
    const objects = ['"id":1,"on":2', '"id":3,"one":4', '"i":5,"id":6', '"on":7,"id":8,"on":9'];
    const wanted = [1, 2, 3, 6, 7, 8, 9];
    for (const turn of [0, 1, 2, 3]) {
      const turned = [...objects.slice(turn), ...objects.slice(0, turn)];
      const found = readAll(inPieces(`[${turned.map((one) => `{${one}}`).join()}]`, 1 << 20));
      const values = found.flatMap((each) => (Array.isArray(each) ? [each] : []));
      const known = values.filter(([kind]) => kind !== 'else').map(([, value]) => Number(value));
      expect(known.sort((a, b) => a - b)).toEqual(wanted);
      expect(values.filter(([kind]) => kind === 'id').length, String(turn)).toBe(4);
    }
  });

  it('says so where the file ends inside a value', () => {
    for (let end = 1; end < Buffer.byteLength(text) - 1; end++) {
      const cut = Buffer.from(text).subarray(0, end).toString('latin1');
      expect(() => readAll(inPieces(cut, 1 << 20)), String(end)).toThrow(JsonDamage);
    }
  });
});
