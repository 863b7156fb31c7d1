import { inflateRawSync } from 'node:zlib';

/** A file inside a zip archive, found but not unpacked. */
export interface ZipEntry {
  readonly name: string;
  /** Where its bytes begin in the archive; for `stored` entries that is where the content is. */
  readonly start: number;
  readonly stored: boolean;
  read(): Buffer;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const zip64Signature = 0x06064b50;
const zip64Locator = 0x07064b50;
const full32 = 0xffff_ffff;

/** Where the archive's directory begins and how many entries it has. */
const findDirectory = (file: Buffer): { readonly at: number; readonly count: number } => {
  const lowest = Math.max(0, file.length - 22 - 0xffff);
  for (let at = file.length - 22; at >= lowest; at--) {
    if (file.readUInt32LE(at) !== endSignature) continue;
    const locator = at - 20;
    if (locator >= 0 && file.readUInt32LE(locator) === zip64Locator) {
      const wide = Number(file.readBigUInt64LE(locator + 8));
      if (file.readUInt32LE(wide) === zip64Signature)
        return {
          at: Number(file.readBigUInt64LE(wide + 48)),
          count: Number(file.readBigUInt64LE(wide + 32)),
        };
    }
    return { at: file.readUInt32LE(at + 16), count: file.readUInt16LE(at + 10) };
  }
  throw new RangeError('no directory');
};

/** Sizes and place of an entry, from its zip64 field where the short ones are full. */
const wideFields = (
  extra: Buffer,
  short: readonly [size: number, packed: number, offset: number],
): readonly number[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return short.map((value) => {
      if (value !== full32) return value;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    });
  }
  return short;
};

/** Whether bytes begin as a zip archive does. */
export const isZip = (file: Buffer): boolean =>
  file.length > 22 && file.readUInt32LE(0) === localSignature;

/**
 * Files of a zip archive (stored or deflated) by its directory. Throws RangeError where the archive
 * is damaged or cut off.
 */
export const openZip = (file: Buffer): readonly ZipEntry[] => {
  const directory = findDirectory(file);
  const entries: ZipEntry[] = [];
  let at = directory.at;
  for (let i = 0; i < directory.count; i++) {
    if (file.readUInt32LE(at) !== centralSignature) throw new RangeError('directory');
    const method = file.readUInt16LE(at + 10);
    const nameEnd = at + 46 + file.readUInt16LE(at + 28);
    const extraEnd = nameEnd + file.readUInt16LE(at + 30);
    const name = file.toString('utf8', at + 46, nameEnd);
    const [size = 0, packed = 0, offset = 0] = wideFields(file.subarray(nameEnd, extraEnd), [
      file.readUInt32LE(at + 24),
      file.readUInt32LE(at + 20),
      file.readUInt32LE(at + 42),
    ]);
    at = extraEnd + file.readUInt16LE(at + 32);
    const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
    if (start + packed > file.length || (method !== 0 && method !== 8)) throw new RangeError(name);
    const bytes = file.subarray(start, start + packed);
    entries.push({
      name,
      start,
      stored: method === 0,
      read: () => {
        const content =
          method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: size || 1 });
        if (content.length !== size) throw new RangeError(name);
        return content;
      },
    });
  }
  return entries;
};
