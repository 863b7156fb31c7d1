import { padTo8 } from '../indexLayout';
import { numbersEach } from './stampGroup';
import type { StampGroup } from './stampGroup';

/** Before each group: bytes of the folder, bytes of the names, how many names, nothing. */
const headWords = 4;

/** Groups as bytes, each a multiple of 8 long: head, folder, names, padding, numbers. */
export const stampBytes = (groups: readonly StampGroup[]): Uint8Array[] =>
  groups.map(({ folder, names, numbers }) => {
    const texts = Buffer.from(folder + names);
    const folderBytes = Buffer.byteLength(folder);
    const headBytes = 4 * headWords;
    const textBytes = texts.length + padTo8(texts.length);
    const bytes = new Uint8Array(headBytes + textBytes + numbers.byteLength);
    const count = numbers.length / numbersEach;
    new Uint32Array(bytes.buffer, 0, headWords).set([
      folderBytes,
      texts.length - folderBytes,
      count,
    ]);
    bytes.set(texts, headBytes);
    new Float64Array(bytes.buffer, headBytes + textBytes).set(numbers);
    return bytes;
  });

/** The groups of bytes; RangeError where they are none. */
export const stampGroups = (bytes: Uint8Array): StampGroup[] => {
  const own = new Uint8Array(bytes);
  const text = Buffer.from(own.buffer);
  const groups: StampGroup[] = [];
  for (let at = 0; at < own.length;) {
    const [folderBytes = 0, nameBytes = 0, count = 0] = new Uint32Array(own.buffer, at, headWords);
    const folderAt = at + 4 * headWords;
    const namesAt = folderAt + folderBytes;
    const numbersAt = namesAt + nameBytes + padTo8(namesAt + nameBytes);
    groups.push({
      folder: text.toString('utf8', folderAt, namesAt),
      names: text.toString('utf8', namesAt, namesAt + nameBytes),
      numbers: new Float64Array(own.buffer, numbersAt, numbersEach * count).slice(),
    });
    at = numbersAt + 8 * numbersEach * count;
  }
  return groups;
};
