/** Bundled by schemas.mjs: the JSON Schema of every artefact, from the schemas in src. */
import * as z from 'zod';
import { previewSchemaWith } from '../src/config/preview/schema';
import { exportedModelSchema } from '../src/config/exportedModel/schema';
import { configSchema, posthocSchema, stageSchema } from '../src/config/schema';
import { baselineSchema } from '../src/check/baseline';
import { limitsSchema } from '../src/check/limitsSchema';
import { checkSchema } from '../src/check/schema';
import { bandsSchema, messageSchema, profileSchema } from '../src/profile/schema';
import { eventSchemaWith } from '../src/protocol/eventSchema';
import { posthocSchemaWith } from '../src/predictions/schema';
import { recommendationsSchema } from '../src/recommend/schema';
import { comparisonSchema } from '../src/report/comparison/schema';
import { inspectionSchema } from '../src/report/inspectionSchema';
import { reportSchemaWith } from '../src/report/schema';
import { splitSchema } from '../src/report/splitSchema';
import { sweepSchemaWith } from '../src/report/sweep/schema';

const make = (title, schema, io = 'output') => ({
  title,
  ...z.toJSONSchema(schema, { target: 'draft-7', io }),
});

/** A config as people write it, defaults left out; everything else as we write it. */
export const schemas = {
  config: make('longtail.yaml, version 1', configSchema, 'input'),
  profile: make('longtail.profile/1', profileSchema),
  inspection: make('longtail.inspection/1', inspectionSchema),
  split: make('longtail.split/1', splitSchema),
  preview: make(
    'longtail.preview/1',
    previewSchemaWith({ bands: bandsSchema, message: messageSchema }),
  ),
  check: make('longtail.check/1', checkSchema),
  baseline: make('longtail.baseline/1', baselineSchema),
  limits: make('longtail-check.yaml, version 1', limitsSchema, 'input'),
  recommendations: make('longtail.recommendations/2, or 1', recommendationsSchema),
  events: make('longtail.events/1, one line of events.jsonl', eventSchemaWith(messageSchema)),
  posthoc: make('longtail.posthoc/1', posthocSchemaWith(bandsSchema)),
  sweep: make(
    'longtail.sweep/1',
    sweepSchemaWith({ config: configSchema, stage: stageSchema, posthoc: posthocSchema }),
  ),
  comparison: make('longtail.comparison/1', comparisonSchema),
  'exported-model': make('longtail.exported-model/1', exportedModelSchema),
  report: make('longtail.report/1 and /2', reportSchemaWith(configSchema, bandsSchema)),
};
