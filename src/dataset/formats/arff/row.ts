const [tab, blank, comma, backslash] = [0x09, 0x20, 0x2c, 0x5c];
const [single, double, open, close, percent] = [0x27, 0x22, 0x7b, 0x7d, 0x25];

const isBlank = (byte: number | undefined): boolean =>
  byte === blank || byte === tab || byte === 0x0d;
const isQuote = (byte: number | undefined): boolean => byte === single || byte === double;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The text between quotes, with its marks as they are meant. */
const plain = (text: string): string =>
  text.includes('\\')
    ? text.replaceAll(/\\(.)/gs, (_, mark: string) => escapes[mark] ?? mark)
    : text;

/**
 * The values of a line of ARFF, dense or `{number value, …}`, over its bytes: parted by commas or by
 * blanks, in quotes of either kind. Nothing is decoded until `text` asks; one object serves all lines.
 */
export class ArffRow {
  fields = 0;
  isSparse = false;
  private bytes: Buffer = Buffer.alloc(0);
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly quoted: boolean[] = [];
  /** Of a sparse row, the attribute of every value. */
  private readonly numbers: number[] = [];

  /** 'none' for an empty line or a comment, 'damaged' where quotes or braces have no end. */
  read(bytes: Buffer, start: number, end: number): 'row' | 'none' | 'damaged' {
    this.bytes = bytes;
    this.fields = 0;
    let at = start;
    let to = end;
    while (at < to && isBlank(bytes[at])) at++;
    while (to > at && isBlank(bytes[to - 1])) to--;
    if (at === to || bytes[at] === percent) return 'none';
    this.isSparse = bytes[at] === open;
    if (this.isSparse) {
      const last = this.values(at + 1, to);
      return bytes[last] === close && this.pair() ? 'row' : 'damaged';
    }
    return this.values(at, to) < 0 ? 'damaged' : 'row';
  }

  /** Position of an attribute's value among the fields; -1 where the row does not have it. */
  place(attribute: number): number {
    if (!this.isSparse) return attribute < this.fields ? attribute : -1;
    for (let i = 0; i < this.fields; i++) if (this.numbers[i] === attribute) return i;
    return -1;
  }

  /** A field as text; null for `?`, which stands for a missing value. */
  text(place: number): string | null {
    const text = this.bytes.toString('utf8', this.starts[place], this.ends[place]);
    if (this.quoted[place] === true) return plain(text);
    return text === '?' ? null : text;
  }

  /** Every attribute that a sparse row names. */
  each(of: (attribute: number, place: number) => void): void {
    for (let i = 0; i < this.fields; i++) of(this.numbers[i] ?? -1, i);
  }

  /** Finds the values from `at` on: where they end, at a closing brace or `to`; -1 for open quotes. */
  private values(from: number, to: number): number {
    const { bytes } = this;
    let at = from;
    for (;;) {
      while (at < to && isBlank(bytes[at])) at++;
      // What stands in braces behind the values is the row's weight.
      const isWeight = bytes[at] === open && this.fields > 0;
      if (at >= to || bytes[at] === close || isWeight) return at;
      const mark = bytes[at];
      let start = at;
      if (isQuote(mark)) {
        start = ++at;
        while (at < to && bytes[at] !== mark) at += bytes[at] === backslash ? 2 : 1;
        if (at >= to) return -1;
        this.put(start, at++, true);
      } else {
        while (at < to && !isBlank(bytes[at]) && bytes[at] !== comma && bytes[at] !== close) at++;
        this.put(start, at, false);
      }
      while (at < to && isBlank(bytes[at])) at++;
      if (bytes[at] === comma && at < to) {
        at++;
        // Nothing behind a comma that ends the line is an empty value.
        if (at === to) this.put(at, at, false);
      }
    }
  }

  private put(start: number, end: number, isQuoted: boolean): void {
    this.starts[this.fields] = start;
    this.ends[this.fields] = end;
    this.quoted[this.fields++] = isQuoted;
  }

  /** Takes the values of a sparse row as pairs; false where one has no number. */
  private pair(): boolean {
    const pairs = this.fields / 2;
    if (!Number.isInteger(pairs)) return false;
    for (let i = 0; i < pairs; i++) {
      const number = this.text(2 * i) ?? '';
      if (!/^\d{1,9}$/.test(number)) return false;
      this.numbers[i] = Number(number);
      this.starts[i] = this.starts[2 * i + 1] ?? 0;
      this.ends[i] = this.ends[2 * i + 1] ?? 0;
      this.quoted[i] = this.quoted[2 * i + 1] ?? false;
    }
    this.fields = pairs;
    return true;
  }
}
