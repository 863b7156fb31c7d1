// Bundles one of this folder's TypeScript files, which use the product's own parts, into a folder.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { tfjsPlugin } from '../runtime/tfjsPlugin.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../..');

export const bundle = async (name, folder) => {
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${name}.cjs`);
  await build({
    entryPoints: [path.join(here, `${name}.ts`)],
    outfile,
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' },
    alias: { yaml: path.join(root, 'node_modules/yaml/browser/dist/index.js') },
    plugins: [tfjsPlugin()],
  });
  return outfile;
};
