// What each bundle may contain, read from the bundler's own account of its outputs, and how large it may be.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { pathToFileURL } from 'node:url';

const shared = ['src/common/', 'src/methods/', 'src/charts/', 'src/report/', 'src/words/'];
const kilobytes = 1000;

/** One row a bundle: budget, allowed outside modules, folders that must leave no byte in it. */
const rules = {
  extension: {
    budget: 400,
    externals: ['vscode'],
    never: ['src/trainer/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  scanWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/run/', 'src/cli/', 'node_modules/@tensorflow'],
  },
  inspectWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/run/', 'src/cli/', 'node_modules/@tensorflow'],
  },
  correctWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/run/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  cli: {
    budget: 600,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'node_modules/@tensorflow'],
  },
  trainer: {
    budget: 3000,
    externals: [],
    never: ['src/host/', 'src/run/', 'src/cli/', 'webview/'],
  },
  partnerWorker: {
    budget: 1500,
    externals: [],
    never: ['src/host/', 'src/run/', 'src/cli/', 'webview/'],
  },
  decodeWorker: {
    budget: 400,
    externals: [],
    never: ['src/host/', 'src/run/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  'webview/profile': { budget: 400, page: true, shellWords: false },
  'webview/run': { budget: 400, page: true, shellWords: false },
  'webview/report': { budget: 400, page: true, shellWords: false },
};

const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name);

/** Sentences of the shell are left out of the pages: a code of theirs would have no words. */
const saysShellWords = (name) => /["'`]cli\//.test(readFileSync(`dist/${name}.js`, 'utf8'));

const faultsOf = (name, rule, output) => {
  const faults = [];
  if (output.bytes > rule.budget * kilobytes)
    faults.push(
      `${(output.bytes / kilobytes).toFixed(0)} KB, over the budget of ${rule.budget} KB`,
    );
  for (const { path, external } of output.imports) {
    if (!external) continue;
    const allowed = rule.page ? false : isBuiltin(path) || rule.externals.includes(path);
    if (!allowed) faults.push(`imports '${path}' from outside`);
  }
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    if (bytesInOutput === 0) continue;
    if (rule.never?.some((folder) => input.startsWith(folder))) faults.push(`contains ${input}`);
    if (rule.page && input.startsWith('src/') && !shared.some((folder) => input.startsWith(folder)))
      faults.push(`contains ${input}, which pages may not import`);
  }
  if (rule.shellWords === false && saysShellWords(name))
    faults.push('says a sentence of the shell');
  return faults;
};

/** Prints every bundle's size and faults; true when there is no fault. */
export const checkBundles = (metafiles) => {
  let clean = true;
  for (const [name, rule] of Object.entries(rules)) {
    const output = metafiles[name]?.outputs[`dist/${name}.js`];
    const faults = output ? faultsOf(name, rule, output) : ['was not built'];
    console.log(
      `${faults.length === 0 ? 'ok ' : 'BAD'} ${name.padEnd(16)} ${String(Math.ceil((output?.bytes ?? 0) / kilobytes)).padStart(5)} / ${rule.budget} KB`,
    );
    for (const fault of faults) console.error(`    ${name}: ${fault}`);
    clean &&= faults.length === 0;
  }
  return clean;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = checkBundles(JSON.parse(readFileSync('dist/metafiles.json', 'utf8'))) ? 0 : 1;
