import { LongtailError } from '../../common/errors';
import { nearest } from '../nearest';
import { bagOfTricks } from './bagOfTricks';
import { bbn } from './bbn';
import { decoupling } from './decoupling';
import { ldamDrw } from './ldamDrw';
import { logitAdjustment } from './logitAdjustment';
import { mislas } from './mislas';
import type { Preset } from './types';

export type { Preset } from './types';

/** Every recipe of a paper by name; one file and one row a recipe. */
export const presets: readonly Preset[] = [
  decoupling,
  bbn,
  ldamDrw,
  logitAdjustment,
  mislas,
  bagOfTricks,
];

/** The preset of a name. Throws `config/unknown-preset`, with the nearest name where one is near. */
export const presetNamed = (id: string): Preset => {
  const found = presets.find((preset) => preset.id === id);
  if (found !== undefined) return found;
  const known = presets.map((preset) => preset.id);
  const near = nearest(id, known);
  throw near === null
    ? new LongtailError('config/unknown-preset', { preset: id, known })
    : new LongtailError('config/unknown-preset-near', { preset: id, near, known });
};
