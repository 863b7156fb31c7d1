import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { trainerPath } from './runs';

/** The library as a package: what `@tensorflow/tfjs` is, without its backends of browsers. */
export const writeLibrary = async (exports: string): Promise<void> => {
  const modules = join(exports, 'node_modules');
  mkdirSync(join(modules, '@tensorflow'), { recursive: true });
  await build({
    stdin: {
      contents: `import '@tensorflow/tfjs-backend-cpu';
export * from '@tensorflow/tfjs-core';
export { loadLayersModel } from '@tensorflow/tfjs-layers';`,
      resolveDir: process.cwd(),
    },
    outfile: join(modules, '@tensorflow', 'tfjs', 'index.mjs'),
    ...{ bundle: true, format: 'esm', platform: 'node', mainFields: ['module', 'main'] },
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(
    join(modules, '@tensorflow', 'tfjs', 'package.json'),
    JSON.stringify({ name: '@tensorflow/tfjs', main: 'index.mjs' }),
  );
  for (const name of ['fast-png', '@jsquash', 'iobuffer', 'fflate', 'pako'])
    symlinkSync(resolve('node_modules', name), join(modules, name));
};

export const run = async (command: string, args: readonly string[], env = {}): Promise<string> =>
  (
    await promisify(execFile)(command, [...args], {
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
    })
  ).stdout;

export const predictInShell = (...args: readonly string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    execFile(
      process.execPath,
      [join(dirname(trainerPath), 'cli.js'), 'predict', ...args],
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

/** Largest differences to the probabilities beside each exported model, by Node code that it has. */
export const differencesInNode = async (
  exports: string,
  names: readonly string[],
): Promise<Readonly<Record<string, number>>> => {
  await writeLibrary(exports);
  const script = join(exports, 'check.mjs');
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
const differences = {};
for (const name of ${JSON.stringify(names)}) {
  const { loadModel, predict } = await import(\`./\${name}/longtailModel.mjs\`);
  const { samples, probabilities } = JSON.parse(readFileSync(new URL(\`./\${name}/case.json\`, import.meta.url)));
  const got = predict(await loadModel(), samples);
  differences[name] = Math.max(...probabilities.flatMap((row, i) => row.map((p, j) => Math.abs(p - got[i][j]))));
}
console.log(JSON.stringify(differences));`,
  );
  return JSON.parse(await run(process.execPath, [script])) as Record<string, number>;
};
