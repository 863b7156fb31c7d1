import { lossAdapters } from './losses';
import { metrics } from './metrics';
import { mixup } from './mixup';
import { posthoc } from './posthoc';
import { profile } from './profile';
import { sampling } from './sampling';
import type { Adapters } from './types';
import { weights } from './weights';

/** By file, then by kind: how a case is computed. A kind without a row is not built. */
export const adapters: Readonly<Record<string, Adapters>> = {
  losses: lossAdapters,
  metrics,
  mixup,
  posthoc,
  profile,
  sampling,
  weights,
};

/** Kinds known and not built yet, by file; listed in the output, never passed. */
export const notBuiltYet: Readonly<Record<string, readonly string[]>> = {};
