import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { Issue, Message } from '../common/errors';
import type { Bands, LongTailProfile } from './types';

const params = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

/** A code with the values its sentence names. */
export const messageSchema = exactly<Message>()(z.strictObject({ code: z.string(), params }));

const issueSchema = exactly<Issue>()(
  z.strictObject({
    code: z.string(),
    params,
    severity: z.enum(['error', 'warning', 'info']),
    path: z.string().exactOptional(),
    line: z.number().exactOptional(),
    count: z.number().exactOptional(),
  }),
);

export const bandsSchema = exactly<Bands>()(
  z.strictObject({
    scheme: z.enum(['count', 'rank', 'lvis', 'custom']),
    thresholds: z.strictObject({ manyAbove: z.number(), fewBelow: z.number() }),
  }),
);

const areas = z.strictObject({
  unknown: z.number(),
  small: z.number(),
  medium: z.number(),
  large: z.number(),
});

const classObjects = z.strictObject({
  name: z.string(),
  images: z.number(),
  areas: areas.exactOptional(),
  group: z.enum(['rare', 'common', 'frequent']).nullable(),
  repeat: z.number().nullable(),
});

const labelSets = z.strictObject({
  samples: z.number(),
  unlabelled: z.number(),
  cardinality: z.number(),
  density: z.number(),
  distinctSets: z.number(),
  meanImbalance: z.number().nullable(),
  cvImbalance: z.number().nullable(),
  scumble: z.number(),
  scumbleCv: z.number().nullable(),
  rareLabels: z.number(),
  pairs: z.array(
    z.strictObject({
      rare: z.string(),
      frequent: z.string(),
      together: z.number(),
      share: z.number(),
    }),
  ),
  pairsComplete: z.boolean(),
  classes: z.array(
    z.strictObject({
      name: z.string(),
      imbalance: z.number().nullable(),
      scumble: z.number().nullable(),
    }),
  ),
});

const objects = z.strictObject({
  images: z.number(),
  objects: z.number(),
  areas: areas.exactOptional(),
  groups: z.strictObject({
    rare: z.number(),
    common: z.number(),
    frequent: z.number(),
    absent: z.number(),
  }),
  repeat: z.strictObject({
    threshold: z.number(),
    images: z.number(),
    mean: z.number(),
    largest: z.number(),
  }),
  classes: z.array(classObjects),
});

const namedSamples = z.array(z.strictObject({ name: z.string(), samples: z.number() }));

const together = z.strictObject({
  rare: namedSamples,
  frequent: namedSamples,
  samples: z.array(z.array(z.number())),
  rareLabels: z.number(),
});

const rarest = z.strictObject({
  counts: z.array(z.number()),
  samples: z.array(z.number()),
  without: z.number(),
});

const withinClass = z.strictObject({
  by: z.string(),
  labels: z.number(),
  withoutGroup: z.number(),
  groups: z.array(z.strictObject({ name: z.string(), count: z.number() })),
  cells: z.number(),
  emptyCells: z.number(),
  fromOneGroup: z.strictObject({ count: z.number(), names: z.array(z.string()) }),
  worst: z.array(
    z.strictObject({
      class: z.string(),
      group: z.string(),
      count: z.number(),
      of: z.number(),
      share: z.number(),
      expectedShare: z.number(),
      beyondChance: z.boolean().nullable(),
    }),
  ),
  table: z.array(z.strictObject({ name: z.string(), counts: z.array(z.number()) })).exactOptional(),
});

/** `longtail.profile/1`, what `longtail scan --json` prints. */
export const profileSchema = exactly<LongTailProfile>()(
  z.strictObject({
    schema: z.literal('longtail.profile/1'),
    dataset: z.strictObject({
      root: z.string(),
      format: z.string(),
      task: z.enum(['single-label', 'multi-label', 'detection', 'segmentation', 'sequence']),
      modality: z.enum(['image', 'tabular', 'text', 'audio', 'none']),
      fingerprint: z.string(),
    }),
    samples: z.number(),
    unlabelled: z.number(),
    partial: z.strictObject({ share: z.number() }).exactOptional(),
    profiledSplit: z.string(),
    bands: bandsSchema,
    classes: z.array(
      z.strictObject({
        name: z.string(),
        count: z.number(),
        images: z.number().exactOptional(),
        splits: z.record(z.string(), z.number()),
        band: z.enum(['many', 'medium', 'few']),
      }),
    ),
    splits: z.record(z.string(), z.strictObject({ samples: z.number(), labels: z.number() })),
    metrics: z.record(z.string(), z.number().nullable()),
    issues: z.array(issueSchema),
    audit: z
      .strictObject({
        splits: z.array(
          z.strictObject({
            name: z.string(),
            samples: z.number(),
            absent: z.number(),
            fewToMeasure: z.number(),
            distance: z.number(),
            drifted: z.number().nullable(),
          }),
        ),
        findings: z.array(issueSchema),
      })
      .exactOptional(),
    labelSets: labelSets.exactOptional(),
    objects: objects.exactOptional(),
    rarest: rarest.exactOptional(),
    together: together.exactOptional(),
    withinClass: withinClass.exactOptional(),
  }),
);
