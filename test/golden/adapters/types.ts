import type { Got } from '../compare';
import type { GoldenFile, JsonObject } from '../files';

/** Computes with `src/methods` what a case expects, in the shape the files have. */
export type Adapter = (input: JsonObject, file: GoldenFile) => Got;

export type Adapters = Readonly<Record<string, Adapter>>;
