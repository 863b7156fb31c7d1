import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [k: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface GoldenCase {
  readonly id: string;
  readonly kind: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance?: Readonly<Record<string, Tolerance>>;
}

export interface GoldenFile {
  readonly name: string;
  readonly tolerance: { readonly float64: Tolerance; readonly float32: Tolerance };
  readonly batches: Readonly<Record<string, JsonObject>>;
  readonly cases: readonly GoldenCase[];
}

const bundled = fileURLToPath(new URL('../fixtures/golden', import.meta.url));

/** Every reference file of the folder named by GOLDEN_DIR, else of the copy in this repository. */
export const readGoldenFiles = (): readonly GoldenFile[] => {
  const folder = process.env['GOLDEN_DIR'] ?? bundled;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<GoldenFile> &
        Omit<GoldenFile, 'name' | 'batches'>;
      return { ...file, batches: file.batches ?? {}, name: name.replace(/\.json$/, '') };
    });
};
