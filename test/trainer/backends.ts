import { findRuntime } from '../../src/runtime/folder';

const runtime = findRuntime();

/** Why nothing can be tried on native here, or null. The suites skip with this in their name. */
export const noNative: string | null =
  'code' in runtime ? `skipped: ${runtime.code} ${JSON.stringify(runtime.params)}` : null;
