import os from 'node:os';
import path from 'node:path';

import { tensorflowVersion } from './pins.mjs';

export const target = `${process.platform}-${process.arch}`;

/** The user's cache: a clean checkout finds what an earlier one made. */
export const cacheRoot = () =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'longtail');

/** Where the trainer looks for the native runtime (src/runtime/folder.ts). */
export const runtimeFolder = () =>
  path.join(cacheRoot(), 'runtime', `${tensorflowVersion}-${target}`);
