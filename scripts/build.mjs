// Bundles every process of the product into dist/ and holds each bundle to its boundary and budget.
// `--watch` rebuilds on change; `--no-minify` keeps names readable.
import { build, context } from 'esbuild';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { checkBundles, notOnPages } from './boundaries.mjs';
import { weightsFile, weightsName } from './pretrained.mjs';
import { tfjsPlugin } from './runtime/tfjsPlugin.mjs';

const watch = process.argv.includes('--watch');
const minify = !process.argv.includes('--no-minify');

/** Bundles that run in Node read the sentences from the file beside them, once for all of them. */
const wordsName = 'words.json';
const wordsFromFile = {
  name: 'words-from-file',
  setup: (building) => {
    building.onLoad({ filter: /[/\\]src[/\\]words[/\\]en[/\\]index\.ts$/ }, () => ({
      contents: `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export const catalogue = JSON.parse(readFileSync(join(__dirname, '${wordsName}'), 'utf8'));`,
    }));
  },
};

/**
 * The reader of YAML, a third of what some bundles would be, is a file of its own that Node's
 * bundles load when they first meet YAML.
 */
const yamlEntry = './node_modules/yaml/browser/dist/index.js';
const yamlOnDemand = {
  name: 'yaml-on-demand',
  setup: (building) => {
    building.onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'on-demand' }));
    building.onResolve({ filter: /^\.\/yaml\.js$/, namespace: 'on-demand' }, () => ({
      path: './yaml.js',
      external: true,
    }));
    building.onLoad({ filter: /^yaml$/, namespace: 'on-demand' }, async () => {
      const names = Object.keys(await import('yaml'));
      return {
        contents: `let yaml;
for (const name of ${JSON.stringify(names)})
  Object.defineProperty(exports, name, {
    enumerable: true,
    get: () => (yaml ??= require('./yaml.js'))[name],
  });`,
        resolveDir: process.cwd(),
      };
    });
  },
};

/** The sentences that a page never says: it has all others inside. */
const withoutOtherWords = {
  name: 'without-other-words',
  setup: (building) => {
    const filter = new RegExp(
      `[/\\\\]src[/\\\\]words[/\\\\]en[/\\\\](${notOnPages.join('|')})\\.ts$`,
    );
    const empty = (name) => ({ contents: `export const ${name} = {};` });
    building.onLoad({ filter }, ({ path }) => empty(filter.exec(path)[1]));
  },
};

/** Every sentence as data, by code. */
const writeWords = async () => {
  const { outputFiles } = await build({
    entryPoints: ['src/words/en/index.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { catalogue } = await import(`data:text/javascript;base64,${code}`);
  writeFileSync(`dist/${wordsName}`, JSON.stringify(catalogue));
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify,
  keepNames: false,
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  plugins: [wordsFromFile, yamlOnDemand],
};
const page = {
  ...node,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  // The toolkit's own class names are part of its registration.
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [withoutOtherWords],
};

/** One row a bundle: name in dist/, what it is, how it is built. */
export const bundles = [
  {
    out: 'extension',
    entry: 'src/extension.ts',
    options: { ...node, external: ['vscode'] },
  },
  {
    out: 'language',
    entry: 'src/host/language/index.ts',
    options: { ...node, external: ['vscode'] },
  },
  { out: 'yaml', entry: yamlEntry, options: { ...node, plugins: [] } },
  { out: 'scanWorker', entry: 'src/dataset/scanWorker.ts', options: node },
  { out: 'crewWorker', entry: 'src/dataset/crew/crewWorker.ts', options: node },
  {
    out: 'inspectWorker',
    entry: 'src/dataset/inspect/inspectWorker.ts',
    options: node,
  },
  {
    out: 'profileWorker',
    entry: 'src/host/profileWorker.ts',
    options: node,
  },
  {
    out: 'correctWorker',
    entry: 'src/host/correctWorker.ts',
    options: node,
  },
  {
    out: 'exportWorker',
    entry: 'src/exporters/thread/exportWorker.ts',
    options: node,
  },
  {
    out: 'cli',
    entry: 'src/cli/main.ts',
    options: { ...node, banner: { js: '#!/usr/bin/env node' } },
  },
  {
    out: 'trainer',
    entry: 'src/trainer/main.ts',
    options: { ...node, plugins: [wordsFromFile, yamlOnDemand, tfjsPlugin()] },
  },
  {
    out: 'partnerWorker',
    entry: 'src/trainer/models/partnerWorker.ts',
    options: { ...node, plugins: [wordsFromFile, yamlOnDemand, tfjsPlugin()] },
  },
  { out: 'decodeWorker', entry: 'src/trainer/data/decodeWorker.ts', options: node },
  ...['profile', 'run', 'report', 'compare'].map((name) => ({
    out: `webview/${name}`,
    entry: `webview/${name}/index.ts`,
    options: page,
  })),
];

const run = async () => {
  mkdirSync('dist/webview', { recursive: true });
  await writeWords();
  const metafiles = {};
  for (const { out, entry, options } of bundles) {
    if (!existsSync(entry)) throw new Error(`build: ${entry} is missing`);
    const settings = { ...options, entryPoints: [{ in: entry, out }], outdir: 'dist' };
    if (watch) {
      const watched = await context(settings);
      await watched.watch();
      continue;
    }
    const result = await build(settings);
    metafiles[out] = result.metafile;
  }
  if (watch) return console.log('build: watching');
  writeFileSync('dist/metafiles.json', JSON.stringify(metafiles));
  cpSync('node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm', 'dist/mozjpeg_dec.wasm');
  // A packaged extension brings the weights along: nothing is fetched while training.
  if (existsSync(weightsFile())) cpSync(weightsFile(), `dist/${weightsName}`);
  if (existsSync('media/codicons')) cpSync('media/codicons', 'dist/codicons', { recursive: true });
  process.exitCode = checkBundles(metafiles) ? 0 : 1;
};

await run().catch((error) => {
  console.error(error.errors ? 'build: failed, see above' : error.message);
  process.exitCode = 1;
});
