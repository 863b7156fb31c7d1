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

/** Config as people write it (defaults may be left out); everything else as we write it. */
const entry = `
import * as z from 'zod';
import { configSchema } from './src/config/schema';
import { bandsSchema, messageSchema, profileSchema } from './src/profile/schema';
import { recommendationsSchema } from './src/recommend/schema';
import { eventSchemaWith } from './src/protocol/eventSchema';
import { reportSchemaWith } from './src/report/schema';
const make = (schema, io, title) => ({ title, ...z.toJSONSchema(schema, { target: 'draft-7', io }) });
export default {
  config: make(configSchema, 'input', 'longtail.yaml, version 1'),
  profile: make(profileSchema, 'output', 'longtail.profile/1'),
  recommendations: make(recommendationsSchema, 'output', 'longtail.recommendations/1'),
  events: make(eventSchemaWith(messageSchema), 'output', 'longtail.events/1, one line of events.jsonl'),
  report: make(reportSchemaWith(configSchema, bandsSchema), 'output', 'longtail.report/1'),
};
`;

/** File name → text of every schema, made from the source as it is now. */
export const generateSchemas = async () => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { default: schemas } = await import(`data:text/javascript;base64,${code}`);
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
