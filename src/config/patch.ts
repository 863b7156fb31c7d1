import { LongtailError } from '../common/errors';
import { showPath } from './keys';
import { configSchema, type RebalanceConfig } from './schema';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON merge patch (RFC 7396): null removes a key, objects merge, everything else replaces. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return Object.fromEntries(result);
};

/**
 * A recommendation's patch (RFC 7396) on a config, with the schema's defaults filled in. Throws
 * `config/patch` when the result is no valid config.
 */
export const applyPatch = (
  config: RebalanceConfig,
  patch: Readonly<Record<string, unknown>>,
): RebalanceConfig => {
  const result = configSchema.safeParse(mergePatch(config, patch));
  if (result.success) return result.data;
  const first = result.error.issues[0];
  const at = first?.path.filter((part) => typeof part !== 'symbol') ?? [];
  throw new LongtailError('config/patch', { detail: `${showPath(at)}: ${first?.message ?? ''}` });
};
