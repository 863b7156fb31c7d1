import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Tf from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import { expect } from 'vitest';

/** Where the modules of a test file lie; `close` removes it. */
export interface ModuleFolder {
  /** Code for TensorFlow.js as a module, with the library it uses as `tf`. */
  load<M>(name: string, text: string): Promise<M & { readonly tf: typeof Tf }>;
  close(): void;
}

/** A folder with the library's core, its gradients and its plain backend, in place of the package. */
export const openModules = async (): Promise<ModuleFolder> => {
  const folder = mkdtempSync(join(tmpdir(), 'longtail-tfjs-'));
  await build({
    stdin: {
      contents: `import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
export * from '@tensorflow/tfjs-core';`,
      resolveDir: process.cwd(),
    },
    outfile: join(folder, 'tf.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return {
    load: async <M>(name: string, text: string) => {
      const file = join(folder, `${name}.mjs`);
      const own = text.replace(
        "import * as tf from '@tensorflow/tfjs'",
        "import tf from './tf.cjs'",
      );
      writeFileSync(file, `${own}\nexport { tf };\n`);
      return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as M & {
        readonly tf: typeof Tf;
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Within 2e-5, of the value where that is over 1. */
export const near = (got: ArrayLike<number>, wanted: readonly number[]): void => {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((got[i] ?? NaN) - value)).toBeLessThanOrEqual(
      2e-5 * Math.max(1, Math.abs(value)),
    );
  });
};
