import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../protocol/runFiles';
import type { StageTiming } from '../report/types';
import { writeAtomic } from './atomicFile';
import type { NamedWeight } from './models/types';

/**
 * Where training stands: steps of `epoch` of `stage` done so far. Draws, augmentation and schedules
 * depend on the seed and this place alone, so no random state has to be kept beside it.
 */
export interface Place {
  readonly stage: number;
  readonly epoch: number;
  readonly step: number;
  /** Sum of the losses of the epoch's examples so far, and their number. */
  readonly lossSum: number;
  readonly seen: number;
  /** Seconds spent in the stage so far. */
  readonly seconds: number;
}

export interface Checkpoint {
  readonly place: Place;
  /** Last event the checkpoint stands for: later ones are void after a resume. */
  readonly seq: number;
  /** What was trained: a checkpoint of another plan is not gone on with. */
  readonly planKey: string;
  readonly timings: readonly StageTiming[];
  readonly weights: ReadonlyMap<string, NamedWeight>;
  readonly velocities: ReadonlyMap<string, NamedWeight>;
}

interface ArrayEntry {
  readonly group: 'weights' | 'velocities';
  readonly name: string;
  readonly shape: readonly number[];
  /** Place in the numbers after the header, counted in numbers. */
  readonly start: number;
  readonly length: number;
}

interface Header extends Omit<Checkpoint, 'weights' | 'velocities'> {
  readonly arrays: readonly ArrayEntry[];
}

const magic = 'LTCKPT01';
const prefixBytes = 12;
const kept = 2;

const fileName = (seq: number): string => `${String(seq).padStart(9, '0')}.ckpt`;

const checkpointFiles = (runFolder: string): readonly string[] => {
  const folder = join(runFolder, runFiles.checkpoints);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ckpt'))
    .sort()
    .map((name) => join(folder, name));
};

/** Writes a checkpoint whole and drops all but the last two. */
export const saveCheckpoint = (runFolder: string, checkpoint: Checkpoint): void => {
  const { weights, velocities, ...rest } = checkpoint;
  const arrays: ArrayEntry[] = [];
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const [group, named] of [
    ['weights', weights],
    ['velocities', velocities],
  ] as const)
    for (const [name, { shape, values }] of named) {
      arrays.push({ group, name, shape, start, length: values.length });
      parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      start += values.length;
    }
  const header: Header = { ...rest, arrays };
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(json.length, 8);
  const path = join(runFolder, runFiles.checkpoints, fileName(checkpoint.seq));
  writeAtomic(path, prefix, json, ...parts);
  for (const old of checkpointFiles(runFolder).slice(0, -kept)) rmSync(old, { force: true });
};

const parseCheckpoint = (bytes: Buffer): Checkpoint | null => {
  if (bytes.length < prefixBytes || bytes.toString('latin1', 0, 8) !== magic) return null;
  const dataStart = prefixBytes + bytes.readUInt32LE(8);
  const header = JSON.parse(bytes.toString('utf8', prefixBytes, dataStart)) as Header;
  const { arrays, ...rest } = header;
  const data = new Uint8Array(bytes.subarray(dataStart)).buffer;
  const read = (group: ArrayEntry['group']): Map<string, NamedWeight> =>
    new Map(
      arrays
        .filter((array) => array.group === group)
        .map(({ name, shape, start, length }) => [
          name,
          { shape, values: new Float32Array(data, start * 4, length) },
        ]),
    );
  return { ...rest, weights: read('weights'), velocities: read('velocities') };
};

/** The newest checkpoint of a run that can be read, or null. */
export const loadCheckpoint = (runFolder: string): Checkpoint | null => {
  for (const path of checkpointFiles(runFolder).toReversed())
    try {
      const checkpoint = parseCheckpoint(readFileSync(path));
      if (checkpoint !== null) return checkpoint;
    } catch {
      // Damaged: the one before it still stands.
    }
  return null;
};

/** Removes the checkpoints of a finished run: its model is kept elsewhere. */
export const dropCheckpoints = (runFolder: string): void => {
  rmSync(join(runFolder, runFiles.checkpoints), { recursive: true, force: true });
};
