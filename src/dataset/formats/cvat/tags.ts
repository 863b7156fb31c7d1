import type { OpenFile } from '../../types';

const chunkBytes = 1024 * 1024;
/** A tag longer than this, with its attributes, ends the reading. */
const maxTag = 32 * 1024 * 1024;
const maxText = 4096;
const [open, close, double, single] = [0x3c, 0x3e, 0x22, 0x27];

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

/** XML's own five entities; any other is left as it stands. */
export const plainXml = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => entities.get(name) ?? whole);

/** The attribute of a tag's text, null without it. */
export const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found === null ? null : plainXml(found[1] ?? found[2] ?? '');
};

/** The tags of a document over its bytes, a chunk at a time; entities are never expanded. */
export class TagReader {
  /** Place of the tag in the file. */
  offset = 0;
  /** What stands between `<` and `>`. */
  tag = '';
  /** Text between the tag before and this one, its first 4 KB. */
  text = '';
  private bytes: Buffer = Buffer.alloc(0);
  private base = 0;
  private at = 0;

  constructor(private readonly file: OpenFile) {}

  /** Goes to the next tag; false at the end, or where a tag does not end. */
  read(): boolean {
    let from = this.at;
    let textFrom = from;
    for (;;) {
      let start = this.bytes.indexOf(open, from);
      while (start < 0) {
        // Of a long text only its beginning is kept.
        this.text = this.bytes.toString(
          'utf8',
          textFrom,
          Math.min(textFrom + maxText, this.bytes.length),
        );
        if (!this.more(this.bytes.length)) return false;
        textFrom = 0;
        from = 0;
        start = this.bytes.indexOf(open, 0);
      }
      this.text = this.bytes.toString('utf8', textFrom, Math.min(textFrom + maxText, start));
      if (start > 0 && this.bytes.length - start < 4 && this.more(start)) start = 0;
      const isComment = this.bytes.toString('latin1', start, start + 4) === '<!--';
      const found = isComment ? this.comment(start) : this.end(start);
      if (found === null) return false;
      start = found.start;
      this.at = found.end + 1;
      if (isComment) {
        textFrom = from = this.at;
        continue;
      }
      this.offset = this.base + start;
      this.tag = this.bytes.toString('utf8', start + 1, found.end);
      return true;
    }
  }

  /** Place of the tag's end; what was read before it may be dropped meanwhile. */
  private end(from: number): { start: number; end: number } | null {
    let start = from;
    let quote = 0;
    for (let at = start + 1; ; at++) {
      if (at >= this.bytes.length) {
        if (at - start > maxTag || !this.more(start)) return null;
        at -= start;
        start = 0;
      }
      const byte = this.bytes[at] ?? 0;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === close) return { start, end: at };
      else if (byte === double || byte === single) quote = byte;
    }
  }

  private comment(from: number): { start: number; end: number } | null {
    let start = from;
    for (let at = start + 4; ;) {
      const end = this.bytes.indexOf('-->', at, 'latin1');
      if (end >= 0) return { start, end: end + 2 };
      start = this.bytes.length - 2;
      if (!this.more(Math.max(0, start))) return null;
      at = start = 0;
    }
  }

  /** Reads on, keeping the bytes from `keep` on; false at the end of the file. */
  private more(keep: number): boolean {
    const next = this.file.read(
      this.base + this.bytes.length,
      chunkBytes + (this.bytes.length - keep),
    );
    if (next.length === 0) return false;
    this.base += keep;
    this.bytes = Buffer.concat([this.bytes.subarray(keep), next]);
    return true;
  }
}
