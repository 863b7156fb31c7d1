import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { runFiles } from '../../protocol/runFiles';
import type { KeptSetting } from '../../protocol/reportPage';
import { thresholdMetrics, type BenchSetting } from '../../report/bench/setting';
import { writeAtomic } from '../../run/atomicFile';

const tau = z.number().check(z.gte(0), z.lte(10));
const share = z.number().check(z.gte(0), z.lte(1));

const settingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('logit-adjustment'),
    tau,
    prior: z.union([
      z.literal('uniform'),
      z.literal('as-trained'),
      z.record(z.string(), z.number().check(z.gte(0))),
    ]),
  }),
  z.strictObject({ kind: z.literal('tau-norm'), tau }),
  z.strictObject({
    kind: z.literal('thresholds'),
    metric: z.nullable(z.enum(thresholdMetrics)),
    threshold: share,
  }),
  z.strictObject({
    kind: z.literal('label-thresholds'),
    metric: z.nullable(z.enum(thresholdMetrics)),
    thresholds: z.array(share),
  }),
  z.strictObject({
    kind: z.literal('class-thresholds'),
    thresholds: z.array(share.check(z.gt(0))),
  }),
]);

/** A setting that came from a page or a file; null for anything else. */
export const readSetting = (value: unknown): BenchSetting | null =>
  settingSchema.safeParse(value).data ?? null;

const pathOf = (folder: string): string => join(folder, runFiles.kept);

const isKept = (value: unknown): value is KeptSetting =>
  typeof value === 'object' &&
  value !== null &&
  (value as { schema?: unknown }).schema === 'longtail.kept/1' &&
  readSetting((value as { setting?: unknown }).setting) !== null;

/** What was kept of a run; null for nothing, or for a file that is not ours. */
export const readKept = (folder: string): KeptSetting | null => {
  if (!existsSync(pathOf(folder))) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(pathOf(folder), 'utf8'));
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
};

/** Writes what was kept, whole or not at all. */
export const writeKept = (folder: string, kept: KeptSetting): void =>
  writeAtomic(pathOf(folder), `${JSON.stringify(kept, null, 2)}\n`);
