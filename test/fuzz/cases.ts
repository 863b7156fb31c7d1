import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormatOptions } from '../../src/dataset/types';

/** A fixture as the mutations start from it: its files in memory, and how it is scanned. */
export interface FuzzCase {
  readonly name: string;
  readonly format: string;
  readonly root: string;
  readonly options: FormatOptions;
  /** Bytes by absolute path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

interface Expected {
  readonly path?: string;
  readonly format: string;
  readonly options?: FormatOptions;
}

/** Where the datasets seem to lie. */
const top = '/data';

/** Every fixture of the contract suite, so that a new format is fuzzed because it has one. */
export const fuzzCases = (folder: string): readonly FuzzCase[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'make')
    .map(({ name }) => {
      const { path, format, options } = JSON.parse(
        readFileSync(join(folder, name, 'expected.json'), 'utf8'),
      ) as Expected;
      const data = join(folder, name, 'data');
      const files = new Map(
        readdirSync(data, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry): [string, Uint8Array] => {
            const file = join(entry.parentPath, entry.name);
            const inside = file.slice(data.length).replaceAll('\\', '/');
            return [`${top}${inside}`, new Uint8Array(readFileSync(file))];
          }),
      );
      const root = path === undefined || path === '' ? top : `${top}/${path}`;
      return { name, format, root, options: options ?? {}, files };
    });
