import type { Message } from '../common/errors';
import type { RunReport } from './types';

type Stage = RunReport['config']['stages'][number];

/** A kind with the options that make it what it is. */
const named = ({ kind, ...options }: { readonly kind: string }): string => {
  const said = Object.entries(options).filter(([, value]) =>
    ['number', 'string'].includes(typeof value),
  );
  return said.length === 0
    ? kind
    : `${kind} (${said.map(([key, value]) => `${key} ${String(value)}`).join(', ')})`;
};

/** What else a stage does, beside its loss and its sampler. */
const extras = ({ weights, mixing, switchAt }: Stage): readonly Message[] => [
  ...(weights === undefined
    ? []
    : [{ code: 'report/did/weights', params: { weights: named(weights) } }]),
  ...(mixing === undefined
    ? []
    : [{ code: 'report/did/mixing', params: { mixing: named(mixing) } }]),
  ...(switchAt === undefined
    ? []
    : [{ code: 'report/did/switch', params: { epoch: switchAt + 1 } }]),
];

/** What was done, in a sentence a stage and one for what came after training. */
export const deed = ({ config, posthoc }: RunReport): readonly Message[] => [
  ...config.stages.flatMap((stage, i): readonly Message[] => [
    {
      code: `report/did/${i === 0 ? 'first' : stage.trainable}`,
      params: {
        model: config.model.kind,
        count: stage.epochs,
        loss: named(stage.loss),
        sampler: named(stage.sampler),
      },
    },
    ...extras(stage),
  ]),
  ...(posthoc.kind === 'none'
    ? []
    : [
        posthoc.tau === null
          ? { code: 'report/did/posthoc', params: { kind: posthoc.kind } }
          : { code: 'report/did/posthoc-tau', params: { kind: posthoc.kind, tau: posthoc.tau } },
      ]),
];
