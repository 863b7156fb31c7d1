import { isImageName } from '../folders';
import type { TarEntry, TarReader } from './tar';

/** Files of an archive that are one sample: their names agree up to the first dot of the last part. */
export interface TarSample {
  /** The picture, or null. */
  readonly image: TarEntry | null;
  /** Text of the `.cls` field, or null. */
  readonly cls: string | null;
  /** Value of the `.json` field; undefined where there is none or it is damaged. */
  readonly json: unknown;
  /** The first file, for samples without a picture. */
  readonly first: TarEntry;
  readonly damaged: boolean;
}

const maxClsBytes = 4096;
const maxJsonBytes = 1 << 20;

/** Length of the key: up to the first dot of the last part of the path. */
const keyLength = (name: string): number => {
  const dot = name.indexOf('.', name.lastIndexOf('/') + 1);
  return dot < 0 ? name.length : dot;
};

const isNoise = (name: string): boolean => /(^|\/)(\._|\.DS_Store|__MACOSX\/|PaxHeader)/.test(name);

/**
 * Goes from sample to sample. Only `.cls` and `.json` fields are read (`.json` only where `wantsJson`
 * or no `.cls` tells the class); pictures are passed over.
 */
export class TarSamples {
  private pending: TarEntry | null = null;

  constructor(
    private readonly tar: TarReader,
    private readonly wantsJson: boolean,
  ) {}

  next(): TarSample | null {
    let first = this.pending ?? this.tar.next();
    this.pending = null;
    while (first !== null && isNoise(first.name)) first = this.tar.next();
    if (first === null) return null;
    const length = keyLength(first.name);
    let image: TarEntry | null = null;
    let cls: string | null = null;
    let jsonEntry: TarEntry | null = null;
    let damaged = false;
    let isClsKnown = false;
    for (let entry: TarEntry | null = first; entry !== null; entry = this.tar.next()) {
      const { name } = entry;
      const isOfSample =
        entry === first ||
        (keyLength(name) === length && name.startsWith(first.name.slice(0, length)));
      if (!isOfSample) {
        this.pending = entry;
        break;
      }
      if (isNoise(name)) continue;
      const field = name.slice(length).toLowerCase();
      if (field === '.cls' || field === '.cls.txt') {
        isClsKnown = true;
        if (entry.size > maxClsBytes) damaged = true;
        else cls = this.text(entry).trim();
      } else if (field === '.json') jsonEntry = entry;
      else if (image === null && isImageName(`a${field}`)) image = entry;
    }
    let json: unknown;
    if (jsonEntry !== null && (this.wantsJson || !isClsKnown)) {
      try {
        if (jsonEntry.size > maxJsonBytes) throw new SyntaxError('long');
        json = JSON.parse(this.text(jsonEntry));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        damaged = true;
      }
    }
    return { image, cls, json, first, damaged };
  }

  private text(entry: TarEntry): string {
    return this.tar.text(entry.start, entry.size);
  }
}
