import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { RebalanceConfig } from '../config/schema';
import type { Bands } from '../profile/types';
import type { StoredReport, StoredScores } from './stored';

const bandScore = z.strictObject({ recall: z.number().nullable(), classes: z.number() });

const labelBand = z.strictObject({ averagePrecision: z.number().nullable(), labels: z.number() });

const scoresSchema = exactly<StoredScores>()(
  z.strictObject({
    samples: z.number(),
    accuracy: z.number(),
    balancedAccuracy: z.number().nullable(),
    balancedAccuracyInterval: z.tuple([z.number(), z.number()]).nullable(),
    macroF1: z.number(),
    gMean: z.number().nullable(),
    worstClass: z.strictObject({ name: z.string(), recall: z.number() }).nullable(),
    many: bandScore,
    medium: bandScore,
    few: bandScore,
    classes: z.array(
      z.strictObject({
        name: z.string(),
        trainCount: z.number(),
        testCount: z.number(),
        recall: z.number().nullable(),
        precision: z.number().nullable(),
      }),
    ),
    confusion: z
      .union([
        z.array(z.array(z.number())),
        z.strictObject({ size: z.number(), cells: z.array(z.number()) }),
      ])
      .nullable(),
    ece: z.number().nullable(),
    binary: z
      .strictObject({ auroc: z.number(), averagePrecision: z.number(), mcc: z.number() })
      .nullable(),
    multiLabel: z.optional(
      z.strictObject({
        mAP: z.number().nullable(),
        mAPInterval: z.tuple([z.number(), z.number()]).nullable(),
        macroAUROC: z.number().nullable(),
        microF1: z.number(),
        many: labelBand,
        medium: labelBand,
        few: labelBand,
        labels: z.array(
          z.strictObject({
            name: z.string(),
            averagePrecision: z.number().nullable(),
            auroc: z.number().nullable(),
            f1: z.number().nullable(),
            threshold: z.number(),
          }),
        ),
      }),
    ),
  }),
);

/** `longtail.report/1` and `/2`, given the schemas of the stages before it. */
export const reportSchemaWith = (config: z.ZodType<RebalanceConfig>, bands: z.ZodType<Bands>) =>
  exactly<StoredReport>()(
    z.strictObject({
      schema: z.enum(['longtail.report/1', 'longtail.report/2']),
      id: z.string(),
      title: z.string(),
      config,
      seed: z.number(),
      seeds: z.array(z.number()),
      versions: z.record(z.string(), z.string()),
      backend: z.string(),
      dataset: z.strictObject({
        root: z.string(),
        fingerprint: z.string(),
        classNames: z.array(z.string()),
      }),
      bands,
      trainCounts: z.array(z.number()),
      bandCounts: z.array(z.number()),
      scoredSplit: z.enum(['test', 'heldOut']),
      scores: scoresSchema,
      validation: scoresSchema.nullable(),
      posthoc: z.strictObject({
        kind: z.string(),
        tau: z.number().nullable(),
        tried: z.array(z.strictObject({ tau: z.number(), balancedAccuracy: z.number() })),
        note: z.string(),
        thresholds: z.record(z.string(), z.number()).optional(),
      }),
      targetPrior: z.union([z.enum(['uniform', 'as-trained']), z.record(z.string(), z.number())]),
      selectedOn: z.enum(['validation', 'fixed']),
      baseline: z
        .strictObject({
          id: z.string(),
          title: z.string(),
          baselineKey: z.string(),
          scores: scoresSchema,
          seconds: z.number(),
        })
        .nullable(),
      timings: z.array(
        z.strictObject({
          name: z.string(),
          epochs: z.number(),
          seconds: z.number(),
          steps: z.number(),
        }),
      ),
      peakRssBytes: z.number(),
      issues: z.array(
        z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()) }),
      ),
    }),
  );
