import { plainNumber } from '../bytes/plainNumber';
import { ForwardBytes } from './forwardBytes';
import type { KeyTable } from './keyTable';
import {
  backslash,
  closeBrace,
  closeBracket,
  hasMark,
  openBrace,
  openBracket,
  quote,
} from './jsonBytes';

/** Longer keys, numbers and wanted texts are passed over. */
const maxToken = 64 * 1024;

/** The file is no JSON from here on, or ends before its value does. */
export class JsonDamage extends Error {}

/**
 * Reads one JSON value from front to back in memory of a fixed size: what is wanted is decoded, the
 * rest is passed over by its brackets and quotes. Each method takes exactly one value, whatever its
 * kind; a value of another kind than asked for gives null or NaN. Throws JsonDamage.
 */
export class JsonScanner extends ForwardBytes {
  /** Whether the text whose end was looked for has one. */
  private hasEscape = false;

  /** The next byte that is no blank, not taken; -1 at the end of the file. */
  peek(): number {
    const byte = this.bytes[this.at];
    return byte !== undefined && byte > 0x20 ? byte : this.afterBlanks();
  }

  private afterBlanks(): number {
    for (;;) {
      while (this.at < this.bytes.length) {
        const byte = this.bytes[this.at] ?? 0;
        if (byte > 0x20) return byte;
        this.at++;
      }
      if (!this.more(this.at)) return -1;
    }
  }

  /** Members of an object; `each` takes the value of the key's place in `keys`, -1 for another. */
  object(keys: KeyTable, each: (key: number) => void): void {
    if (this.peek() !== openBrace) {
      this.skip();
      return;
    }
    this.at++;
    let key = -1;
    for (;;) {
      const byte = this.peek();
      if (byte === quote) {
        key = this.key(keys, key);
        if (this.peek() !== 0x3a) throw this.damage();
        this.at++;
        each(key);
      } else {
        if (byte !== 0x2c && byte !== closeBrace) throw this.damage();
        this.at++;
        if (byte === closeBrace) return;
      }
    }
  }

  /** Takes a key; its place among `keys`, where `before` is that of the key before it. */
  private key(keys: KeyTable, before: number): number {
    const guess = keys.guess(this.bytes, this.at + 1, before);
    if (guess >= 0) {
      this.at += keys.lengthOf(guess) + 2;
      return guess;
    }
    const end = this.endOfText();
    if (end < 0) return -1;
    const found = keys.find(this.bytes, this.at + 1, end, before);
    this.at = end + 1;
    return found;
  }

  /** Items of a list; `each` takes one. */
  array(each: () => void): void {
    if (this.peek() !== openBracket) {
      this.skip();
      return;
    }
    this.at++;
    for (;;) {
      const byte = this.peek();
      if (byte === closeBracket || byte === 0x2c) {
        this.at++;
        if (byte === closeBracket) return;
      } else if (byte === -1 || byte === closeBrace || byte === 0x3a) throw this.damage();
      else each();
    }
  }

  /** A number, also one written as text or as true and false. */
  number(): number {
    const byte = this.peek();
    if (byte === quote) {
      const text = this.text();
      return text === null || text.trim() === '' ? NaN : Number(text);
    }
    if (byte === openBrace || byte === openBracket) {
      this.skip();
      return NaN;
    }
    const end = this.endOfScalar();
    const from = this.at;
    this.at = end;
    const value = plainNumber(this.bytes, from, end);
    if (!Number.isNaN(value)) return value;
    const text = this.bytes.toString('latin1', from, end);
    return text === 'true' ? 1 : text === 'false' ? 0 : text === 'null' ? NaN : Number(text);
  }

  /** A text; null for another value or one above 64 KB. */
  text(): string | null {
    if (this.peek() !== quote) {
      this.skip();
      return null;
    }
    const end = this.endOfText();
    if (end < 0) return null;
    const from = this.at;
    this.at = end + 1;
    if (!this.hasEscape) return this.bytes.toString('utf8', from + 1, end);
    try {
      const value: unknown = JSON.parse(this.bytes.toString('utf8', from, end + 1));
      return typeof value === 'string' ? value : null;
    } catch {
      return null;
    }
  }

  /** An id: a number, a text that is none, or null. Whole numbers in quotes are numbers. */
  id(): number | string | null {
    if (this.peek() !== quote) {
      const value = this.number();
      return Number.isFinite(value) ? value : null;
    }
    const text = this.text();
    return text !== null && /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
  }

  /** Passes over a value of any kind and depth. */
  skip(): void {
    const first = this.peek();
    if (first === -1 || first === closeBrace || first === closeBracket) throw this.damage();
    if (first === quote) {
      this.at++;
      this.skipText();
      return;
    }
    if (first !== openBrace && first !== openBracket) {
      this.at = this.endOfScalar();
      return;
    }
    let depth = 0;
    for (;;) {
      const { bytes, fours } = this;
      const end = bytes.length;
      let { at } = this;
      while (at < end) {
        // Numbers, commas and blanks: nearly all there is.
        if ((at & 3) === 0) {
          let four = at >> 2;
          while (four < fours.length && !hasMark(fours[four] ?? 0)) four++;
          at = Math.max(at, four << 2);
          if (at >= end) break;
        }
        const byte = bytes[at++] ?? 0;
        if (byte < 0x5b && byte !== quote) continue;
        if (byte === quote) {
          this.at = at;
          this.skipText();
          at = this.at;
          if (this.bytes !== bytes) break;
        } else if (byte === openBracket || byte === openBrace) depth++;
        else if ((byte === closeBracket || byte === closeBrace) && --depth === 0) {
          this.at = at;
          return;
        }
      }
      this.at = at;
      if (this.at >= this.bytes.length && !this.more(this.at)) throw this.damage();
    }
  }

  /** Goes behind the quote that ends the text we are in. */
  private skipText(): void {
    for (;;) {
      const { bytes } = this;
      let { at } = this;
      for (; at < bytes.length; at++) {
        const byte = bytes[at];
        if (byte === quote) {
          this.at = at + 1;
          return;
        }
        if (byte === backslash) at++;
      }
      // An escape may reach one byte into what follows.
      const over = at - bytes.length;
      if (!this.more(bytes.length)) throw this.damage();
      this.at = over;
    }
  }

  /** Place of the quote that ends the text at hand; -1 where it was too long and is passed. */
  private endOfText(): number {
    let { bytes } = this;
    this.hasEscape = false;
    let last = this.at + maxToken;
    for (let at = this.at + 1; ; at++) {
      while (at >= bytes.length) {
        const length = at - this.at;
        if (!this.more(this.at)) throw this.damage();
        at = this.at + length;
        ({ bytes } = this);
        last = this.at + maxToken;
      }
      const byte = bytes[at];
      if (byte === quote) return at;
      if (byte === backslash) {
        this.hasEscape = true;
        at++;
      }
      if (at > last) {
        this.at++;
        this.skipText();
        return -1;
      }
    }
  }

  /** Where the number or word at hand ends. */
  private endOfScalar(): number {
    let { bytes } = this;
    for (let at = this.at; ; at++) {
      if (at >= bytes.length) {
        const length = at - this.at;
        if (!this.more(this.at)) return this.bytes.length;
        at = this.at + length;
        ({ bytes } = this);
      }
      const byte = bytes[at] ?? 0;
      if (byte === 0x2c || byte === closeBrace || byte === closeBracket || byte <= 0x20) {
        if (at === this.at) throw this.damage();
        return at;
      }
      if (at - this.at > maxToken) throw this.damage();
    }
  }

  private damage(): JsonDamage {
    return new JsonDamage(`byte ${String(this.offset)}`);
  }
}
