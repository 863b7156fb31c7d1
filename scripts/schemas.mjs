/**
 * Writes the JSON Schemas (draft-07) of the artefacts into schemas/, from the schemas in src.
 *
 * node scripts/schemas.mjs [--check]   --check writes nothing and fails where a file is stale
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** File name → text of every schema, made from the source as it is now. */
export const generateSchemas = async () => {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'scripts', 'schemaSources.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { schemas } = await import(`data:text/javascript;base64,${code}`);
  const style = await resolveConfig(path.join(root, 'schemas', 'config.schema.json'));
  const texts = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const options = { ...style, parser: 'json' };
    texts[`${name}.schema.json`] = await format(JSON.stringify(schema), options);
  }
  return texts;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const check = process.argv.includes('--check');
  for (const [name, text] of Object.entries(await generateSchemas())) {
    const file = path.join(root, 'schemas', name);
    const current = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
    if (current === text) continue;
    if (check) {
      console.error(`schemas/${name} is stale: run npm run schemas`);
      process.exitCode = 1;
      continue;
    }
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    console.log(`wrote schemas/${name}`);
  }
}
