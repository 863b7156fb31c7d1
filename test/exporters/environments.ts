/** How an exporter's output is executed. */
export interface Execution {
  /** Environment of `scripts/python-env.mjs`. */
  readonly environment: string;
  /** Runs in `npm test`; the others in `npm run test:exporters` only. */
  readonly quick: boolean;
  /** Checks the script has to have run at least: a script that finds none must not pass. */
  readonly checks: number;
}

/** One row an exporter that is executed, by `check_<id>.py` beside this file. */
export const executions: Readonly<Record<string, Execution>> = {
  pytorch: { environment: 'torch', quick: true, checks: 290 },
  huggingface: { environment: 'transformers', quick: false, checks: 160 },
  keras: { environment: 'keras', quick: true, checks: 300 },
  mmdetection: { environment: 'openmmlab', quick: false, checks: 180 },
  mmpretrain: { environment: 'openmmlab', quick: false, checks: 180 },
  ultralytics: { environment: 'ultralytics', quick: false, checks: 350 },
  detectron2: { environment: 'detectron2', quick: false, checks: 180 },
  'scikit-learn': { environment: 'tabular', quick: true, checks: 200 },
  'imbalanced-learn': { environment: 'tabular', quick: false, checks: 150 },
  xgboost: { environment: 'tabular', quick: true, checks: 250 },
  lightgbm: { environment: 'tabular', quick: false, checks: 250 },
};
