// Holds the package to what it should carry: the list of files the packer would ship, and their size.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const budget = 12_000_000;
const allowed = [
  /^dist\/(extension|language|scanWorker|crewWorker|profileWorker|correctWorker|exportWorker|trainer|cli|decodeWorker|inspectWorker|partnerWorker|yaml)\.js$/,
  /^dist\/webview\/(profile|run|report|compare)\.(js|css)$/,
  /^dist\/[^/]+\.wasm$/,
  /^dist\/efficientnet-lite0\.ltw$/,
  /^dist\/words\.json$/,
  /^dist\/codicons\//,
  /^media\//,
  /^schemas\/[a-z-]+\.schema\.json$/,
  /^(package\.json|package\.nls\.json|README\.md|CHANGELOG\.md|LICENSE|NOTICE|docs\/images\/[^/]+\.png)$/,
];

const files = execFileSync('npx', ['vsce', 'ls', '--no-dependencies'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((line) => line !== '');
const strangers = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
// What a download weighs: the package is a zip of deflated files.
const packed = files.reduce((sum, file) => sum + deflateRawSync(readFileSync(file)).length, 0);
const required = [
  'dist/extension.js',
  'dist/language.js',
  'dist/trainer.js',
  'dist/scanWorker.js',
  'dist/crewWorker.js',
  'dist/profileWorker.js',
  'dist/correctWorker.js',
  'dist/exportWorker.js',
  'dist/inspectWorker.js',
  'dist/words.json',
  'dist/yaml.js',
  'README.md',
  'LICENSE',
  'package.json',
];
const missing = required.filter((file) => !files.includes(file));

console.log(
  `package: ${files.length} files, ${(packed / 1e6).toFixed(1)} MB packed (budget ${budget / 1e6} MB), ${(bytes / 1e6).toFixed(1)} MB unpacked`,
);
for (const file of strangers) console.error(`package: ${file} should not ship (see .vscodeignore)`);
for (const file of missing) console.error(`package: ${file} is missing`);
process.exitCode = strangers.length + missing.length === 0 && packed <= budget ? 0 : 1;
