import { applyPatch } from '../../src/config/patch';
import { plainConfig } from '../../src/config/defaults';
import type { RebalanceConfig } from '../../src/config/schema';
import { exportPlan, type ExportJob } from '../../src/exporters';
import type { ExportItems } from '../../src/exporters/types';
import type { LongTailProfile } from '../../src/profile/types';
import { profileOf } from './configs';

/** The plain config of a profile with a patch (RFC 7396) on top. */
export const configOf = (
  profile: LongTailProfile,
  patch: Readonly<Record<string, unknown>> = {},
): RebalanceConfig => applyPatch(plainConfig(profile, { root: './data' }), patch);

/** Keys of a stage on top of the plain one. */
export const stagePatch = (
  profile: LongTailProfile,
  ...stages: readonly object[]
): Readonly<Record<string, unknown>> => {
  const plain = plainConfig(profile, { root: './data' }).stages[0];
  return { stages: stages.map((own) => ({ ...plain, ...own })) };
};

/** Items as the counts say, one file each. */
const itemsOfCounts = ({ classes }: ExportJob): ExportItems => {
  const labels = classes.flatMap(({ count }, j) => Array.from({ length: count }, () => j));
  return {
    count: () => labels.length,
    place: (item) => ({ path: `images/${item}.png`, row: null }),
    label: (item) => labels[item] ?? -1,
    labels: (item) => [labels[item] ?? -1],
  };
};

/** A job as the shell makes it, but of a profile alone. */
export const jobOf = (profile: LongTailProfile, ...stages: readonly object[]): ExportJob => {
  const patch = stages.length === 0 ? {} : stagePatch(profile, ...stages);
  const job = exportPlan({ profile, config: configOf(profile, patch), index: null });
  return { ...job, items: itemsOfCounts(job) };
};

export const hostileNames = [
  '"}\npwned = 1\n_ = {"',
  "\\'); pwned = 1 #",
  '\u2028pwned = 1\r',
  '{pwned} %s \u0000 \ud800',
];

/** Profiles every exporter has to hold out against; names do not matter for their order. */
export const profiles: Readonly<Record<string, LongTailProfile>> = {
  names: profileOf({ counts: [196, 98, 10, 2, 66], names: ['Ä', 'b', '10', '2', 'B'], test: 4 }),
  toy: profileOf({ counts: [100, 10, 1], names: ['a', 'b', 'c'] }),
  empty: profileOf({ counts: [9000, 0, 20], names: ['a', 'b', 'c'] }),
  many: profileOf({ counts: Array.from({ length: 1203 }, (_, j) => 1203 - j) }),
  hostile: profileOf({ counts: [5, 4, 3, 2], names: hostileNames }),
};
