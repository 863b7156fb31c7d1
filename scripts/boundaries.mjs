// What each bundle may contain, read from the bundler's own account of its outputs, and how large it may be.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { pathToFileURL } from 'node:url';

const shared = ['src/common/', 'src/methods/', 'src/charts/', 'src/report/', 'src/words/'];
const kilobytes = 1000;
/** Files of sentences that a page never says, named after their area, and so does without. */
export const notOnPages = [
  ...['cli', 'cliHelp', 'check', 'live', 'within'],
  ...['guide', 'guideKeys', 'labelFiles', 'predicted', 'preview'],
];

/** One row a bundle: budget, allowed outside modules, folders that must leave no byte in it. */
const rules = {
  extension: {
    budget: 400,
    externals: ['vscode'],
    never: ['src/trainer/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  language: {
    budget: 400,
    externals: ['vscode'],
    never: ['src/trainer/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  yaml: { budget: 120, externals: [] },
  scanWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/run/', 'src/cli/', 'node_modules/@tensorflow'],
  },
  // A scan waits for it: the readers of single files alone.
  crewWorker: {
    budget: 60,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/run/', 'src/cli/', 'src/words/'],
  },
  // Every reader of the scan, and the decoders of pictures.
  inspectWorker: {
    budget: 450,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/run/', 'src/cli/', 'node_modules/@tensorflow'],
  },
  profileWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/run/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  correctWorker: {
    budget: 400,
    externals: [],
    never: ['src/trainer/', 'src/run/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
  },
  // The templates of every framework are here and nowhere else.
  exportWorker: {
    budget: 600,
    externals: [],
    never: ['src/trainer/', 'src/host/', 'src/cli/', 'webview/', 'node_modules/@tensorflow'],
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
  'webview/profile': { budget: 400, page: true },
  'webview/run': { budget: 400, page: true },
  'webview/report': { budget: 400, page: true },
  'webview/compare': { budget: 400, page: true },
};

/** Bundles of Node load the reader of YAML when they meet it. */
const onDemand = './yaml.js';

const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name);

/** Areas of sentences left out of a bundle that it names all the same. */
const saidOf = (name, areas) => {
  const text = readFileSync(`dist/${name}.js`, 'utf8');
  return areas.filter((area) => new RegExp(`["'\`]${area}/`).test(text));
};

const faultsOf = (name, rule, output) => {
  const faults = [];
  if (output.bytes > rule.budget * kilobytes)
    faults.push(
      `${(output.bytes / kilobytes).toFixed(0)} KB, over the budget of ${rule.budget} KB`,
    );
  for (const { path, external } of output.imports) {
    if (!external) continue;
    const allowed =
      !rule.page && (isBuiltin(path) || path === onDemand || rule.externals.includes(path));
    if (!allowed) faults.push(`imports '${path}' from outside`);
  }
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    if (bytesInOutput === 0) continue;
    if (rule.never?.some((folder) => input.startsWith(folder))) faults.push(`contains ${input}`);
    if (rule.page && input.startsWith('src/') && !shared.some((folder) => input.startsWith(folder)))
      faults.push(`contains ${input}, which pages may not import`);
  }
  for (const area of rule.page ? saidOf(name, notOnPages) : [])
    faults.push(`says a sentence of ${area}, which is left out of it`);
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
