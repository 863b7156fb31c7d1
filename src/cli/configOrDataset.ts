import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { LongtailError } from '../common/errors';

/** As many bytes of a file are looked at. */
const looked = 64 * 1024;
const configName = /(^|[/\\.])longtail\.(ya?ml|json)$/i;
const textName = /\.(ya?ml|json)$/i;
/** A key that configs have and descriptions of datasets do not. */
const configKey = /^(dataset|goal|stages|posthoc)\s*:|^\s{0,4}"(goal|stages|posthoc)"\s*:/m;

const beginning = (path: string): string => {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(looked);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, looked, 0));
  } finally {
    closeSync(file);
  }
};

/**
 * Whether a path is a config: by its name, else by a key that only configs have, because YOLO's
 * data.yaml and COCO's JSON are datasets. Throws `cli/cannot-read` for what is not there.
 */
export const isConfigFile = (path: string): boolean => {
  try {
    if (!statSync(path).isFile() || !textName.test(path)) return false;
    return configName.test(path) || configKey.test(beginning(path));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('cli/cannot-read', { path, detail }, { cause: error });
  }
};
