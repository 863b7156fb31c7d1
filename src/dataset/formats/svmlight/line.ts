import { plainNumber } from '../../bytes/plainNumber';

const [blank, tab, carriageReturn, hash, colon, comma] = [0x20, 0x09, 0x0d, 0x23, 0x3a, 0x2c];

const isBlank = (byte: number | undefined): boolean =>
  byte === blank || byte === tab || byte === carriageReturn;

/** Where things are in a line of svmlight; one object serves all lines. */
export class SvmLine {
  /** The labels' bytes, empty where the line begins with a feature; without a comment. */
  labelFrom = 0;
  labelTo = 0;
  /** Where the features begin, and where they end. */
  from = 0;
  to = 0;

  /** False for a line without anything but blanks and a comment. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let from = start;
    while (from < end && isBlank(bytes[from])) from++;
    // A comment ends the line; names within it are not looked at.
    let to = from;
    while (to < end && bytes[to] !== hash) to++;
    while (to > from && isBlank(bytes[to - 1])) to--;
    this.to = to;
    if (from === to) return false;
    let at = from;
    let colons = 0;
    while (at < to && !isBlank(bytes[at])) if (bytes[at++] === colon) colons++;
    // Of a sample without labels the first word is a feature.
    const hasLabels = colons === 0 && !isBlank(bytes[start]);
    this.labelFrom = from;
    this.labelTo = hasLabels || colons === 0 ? at : from;
    this.from = this.labelTo;
    return true;
  }

  /**
   * Hands over the features, `index:value`; false where a word is none. `qid:n` and the like are
   * passed over.
   */
  features(bytes: Uint8Array, each: (index: number, value: number) => void): boolean {
    let at = this.from;
    while (at < this.to) {
      while (at < this.to && isBlank(bytes[at])) at++;
      const from = at;
      let mark = -1;
      while (at < this.to && !isBlank(bytes[at])) {
        if (bytes[at] === colon && mark < 0) mark = at;
        at++;
      }
      if (from === at) continue;
      const index = mark < 0 ? NaN : plainNumber(bytes, from, mark);
      if (Number.isInteger(index) && index >= 0) each(index, numberIn(bytes, mark + 1, at));
      else if (mark !== from + 3 || bytes[from] !== 0x71 || bytes[from + 1] !== 0x69) return false;
    }
    return true;
  }

  /** The labels, parted by commas, each once. */
  labels(bytes: Buffer): readonly string[] {
    const found: string[] = [];
    for (let from = this.labelFrom; from < this.labelTo;) {
      let to = from;
      while (to < this.labelTo && bytes[to] !== comma) to++;
      const name = plainLabel(bytes.toString('utf8', from, to));
      if (name !== '' && !found.includes(name)) found.push(name);
      from = to + 1;
    }
    return found;
  }
}

const numberIn = (bytes: Uint8Array, from: number, to: number): number => {
  const plain = plainNumber(bytes, from, to);
  if (!Number.isNaN(plain) || from === to) return plain;
  const text = Buffer.from(bytes.subarray(from, to)).toString('latin1');
  const value = /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : NaN;
};

/** "+1" and "1.0" are 1: tools write whole numbers in each way. */
const plainLabel = (text: string): string =>
  /^[+-]?\d+(?:\.0*)?$/.test(text) ? text.replace(/^\+/, '').replace(/\.0*$/, '') : text;

/** Samples, features and labels that extreme classification's files begin with; null for any other line. */
export const headerOf = (
  line: string,
): { readonly samples: number; readonly features: number; readonly labels: number } | null => {
  const [, samples, features, labels] = /^\s*(\d{1,10}) (\d{1,10}) (\d{1,10})\s*$/.exec(line) ?? [];
  if (samples === undefined || features === undefined || labels === undefined) return null;
  return { samples: Number(samples), features: Number(features), labels: Number(labels) };
};
