import { dirname, join } from 'node:path';
import { CancelledError, LongtailError, type Message } from '../common/errors';
import {
  recipeConfig,
  representationConfig,
  sweepRecipes,
  type SweepRecipe,
} from '../config/sweepRecipes';
import { resolveConfigPaths } from '../config/paths';
import type { RebalanceConfig } from '../config/schema';
import { serializeConfig } from '../config/serialize';
import { runFiles } from '../protocol/runFiles';
import type { TrainerJob } from '../protocol/trainer';
import { sweepMarkdown } from '../report/sweep/render';
import type { SweepReport } from '../report/sweep/types';
import { words } from '../words/say';
import { writeAtomic } from './atomicFile';
import { endOnFailure } from './failure';
import { writeNearestMeans } from './finished/nearestMeans';
import { createNetworkFor, writeModel } from './network';
import { plainConfigOf } from './plan';
import { writePredictions } from './predictions';
import { prepare, type Control, type Prepared } from './prepare';
import { makeReport, scoreOf, writeReport } from './report';
import { runClasses } from './runClasses';
import type { OwnRun } from './runFolder';
import { createScorer } from './score';
import { placeClassifier } from './stages/classifier';
import { startOf } from './stages/runStage';
import { ensureBaseline, openRun } from './session';
import { bestOf, rowsOf, type Trials } from './sweepRows';
import { openRepresentation, type Representation } from './sweepRepresentation';
import { judge, tryRecipe, type Tried } from './sweepTrial';

/** The recipes asked for, plain first: everything is compared with it. */
const chosenRecipes = (ids: readonly string[]): readonly SweepRecipe[] => {
  const known = sweepRecipes.map(({ id }) => id);
  for (const id of ids)
    if (!known.includes(id)) throw new LongtailError('sweep/unknown-recipe', { recipe: id, known });
  return ids.length === 0
    ? sweepRecipes
    : sweepRecipes.filter(({ id }) => id === 'plain' || ids.includes(id));
};

const titleOfRecipe = ({ id }: SweepRecipe): string => words(`sweep/recipe/${id}`);

interface Place {
  readonly prepared: Prepared;
  /** The config as it was read: its head stage, where it has one, sets the schedule of all heads. */
  readonly given: RebalanceConfig;
  readonly representation: Representation;
}

/** Everything that was tried on one representation, by recipe; null where one does not fit. */
const tryAll = async (
  { prepared, given, representation }: Place,
  recipes: readonly SweepRecipe[],
  run: OwnRun,
  control: Control,
): Promise<
  readonly { readonly tried: Tried | null; readonly judged: ReturnType<typeof judge> }[]
> => {
  const { backend } = prepared;
  const results = [];
  for (const recipe of recipes) {
    const own = recipeConfig(given, representation.config, recipe);
    const judged = judge(recipe, own, representation.data);
    if (judged.why !== null) {
      results.push({ tried: null, judged });
      continue;
    }
    const stage = titleOfRecipe(recipe);
    run.emit({ kind: 'stage/start', stage, role: 'recipe' });
    const tried = await tryRecipe(representation, recipe, own, { ...control, ops: backend.ops });
    const scorer = createScorer(own, representation.data);
    if (tried.validation !== null)
      run.emit({
        kind: 'eval',
        stage,
        role: 'recipe',
        epoch: own.stages.at(-1)?.epochs ?? 0,
        split: 'validation',
        ...scorer.brief(tried.validation.scores),
      });
    run.emit({ kind: 'stage/end', stage, seconds: tried.seconds });
    results.push({ tried, judged });
  }
  return results;
};

/**
 * Writes `model/`, the trained network with the kept head in place of its own, and `best.yaml`, the
 * config that trains it from the start (dataset by absolute path: the folder is not the config's).
 */
const writeKept = (
  folder: string,
  { config, head }: Tried,
  { prepared: { backend, data, configPath }, representation }: Place,
): void => {
  const network = createNetworkFor(backend.ops, representation.config, data);
  try {
    placeClassifier(network, config, startOf(config.stages.length));
    const trunk = [...representation.weights].filter(
      ([name]) => head === null || !name.startsWith('classifier'),
    );
    network.setWeights(new Map([...trunk, ...(head ?? [])]));
    writeModel(folder, network, data);
  } finally {
    network.dispose();
  }
  const text = serializeConfig(resolveConfigPaths(config, dirname(configPath)));
  writeAtomic(join(folder, runFiles.sweepConfig), text);
};

/** The run's own report: the recipe that validation chose, or plain training where there is none. */
const reportKept = (run: OwnRun, kept: Trials, places: readonly Place[]): void => {
  const [place] = places;
  const [tried] = kept.tried;
  if (place === undefined || tried === undefined) return;
  const { prepared, representation } = place;
  const { data, run: plain } = representation;
  const title = words('sweep/run-title', { recipe: titleOfRecipe(kept.recipe) });
  run.update({ title });
  const scorer = createScorer(tried.config, data);
  writePredictions(run.folder, tried.predictions, data, tried.test.guesses);
  const report = makeReport({
    id: run.record.id,
    title,
    config: tried.config,
    data,
    backend: prepared.backend,
    scorer,
    corrected: tried.corrected,
    baseline: plain,
    timings: [{ name: 'head', epochs: 0, seconds: tried.seconds, steps: 0 }],
    issues: prepared.issues,
  });
  writeReport(run.folder, report);
  writeNearestMeans(run.folder, tried.corrected.nearestMean);
  run.update({ score: scoreOf(report) });
  writeKept(run.folder, tried, place);
};

const assemble = (
  run: OwnRun,
  places: readonly Place[],
  all: readonly Trials[],
  leftOut: readonly { readonly id: string; readonly why: Message }[],
): { readonly sweep: SweepReport; readonly best: Trials | null } => {
  const [first] = places;
  if (first === undefined) throw new RangeError('no seed');
  const { backend, data } = first.prepared;
  const best = bestOf(all);
  const sweep: SweepReport = {
    schema: 'longtail.sweep/1',
    id: run.record.id,
    config: first.representation.config,
    backend: backend.id,
    versions: { node: process.versions.node, ...backend.versions },
    dataset: { root: data.root, fingerprint: data.fingerprint, classNames: data.classNames },
    trainCounts: data.trainCounts,
    scoredSplit: data.split.scoredSplit,
    representations: places.map(({ representation: { config, run: plain, width } }, i) => ({
      seed: config.seed,
      run: plain.id,
      seconds: plain.seconds,
      items: places[i]?.prepared.data.split.train.length ?? 0,
      width,
    })),
    rows: rowsOf(
      all,
      best,
      places.map(({ prepared }) => prepared.data),
    ),
    leftOut,
    best: best?.recipe.id ?? null,
    seconds: all.reduce((sum, { tried }) => sum + tried.reduce((s, one) => s + one.seconds, 0), 0),
  };
  return { sweep, best };
};

/**
 * Trains one representation a seed (or takes it from the store), tries every recipe on its features
 * and logits, and writes `sweep.json`, `sweep.md` and the report of the recipe that validation chose.
 * Throws `sweep/unknown-recipe`, `sweep/several-labels`, and what training throws.
 */
export const runSweep = async (job: TrainerJob, control: Control): Promise<void> => {
  const { recipes: ids = [], seeds = [] } = job.sweep ?? {};
  const recipes = chosenRecipes(ids);
  const prepareSeed = async (seed?: number): Promise<Omit<Place, 'representation'>> => {
    const read: RebalanceConfig[] = [];
    const prepared = await prepare(job, control, (config) => {
      read.push(config);
      return representationConfig(config, seed ?? config.seed);
    });
    return { prepared, given: read[0] ?? prepared.config };
  };
  const begin = await prepareSeed(seeds[0]);
  const first = begin.prepared;
  if (first.data.multi !== null) throw new LongtailError('sweep/several-labels', {});
  const { run, inputs } = openRun(first, job.runFolder, first.config, 'recipe', control);
  await endOnFailure(run, async () => {
    run.update({ title: words('sweep/running') });
    run.emit({
      kind: 'run/start',
      title: words('sweep/running'),
      backend: first.backend.id,
      stages: [],
      estimateSeconds: null,
      classes: runClasses(first.config, first.data),
    });
    const places: Place[] = [];
    const outcomes: Awaited<ReturnType<typeof tryAll>>[] = [];
    const asked = seeds.length === 0 ? [first.config.seed] : seeds;
    for (const [i, seed] of asked.entries()) {
      const { prepared, given } = i === 0 ? begin : await prepareSeed(seed);
      const plain = plainConfigOf(prepared.config, prepared.data.task);
      const found = await ensureBaseline(prepared, job, inputs, control);
      if (found === null) throw new CancelledError();
      const representation = await openRepresentation(prepared, plain, found, control.breathe);
      const place: Place = { prepared, given, representation };
      places.push(place);
      outcomes.push(await tryAll(place, recipes, run, control));
    }
    const all = recipes.flatMap((recipe, r): Trials[] => {
      const tried = outcomes.flatMap((one) => one[r]?.tried ?? []);
      const warnings = outcomes[0]?.[r]?.judged.warnings ?? [];
      return tried.length === asked.length ? [{ recipe, warnings, tried }] : [];
    });
    const leftOut = recipes.flatMap(({ id }, r) => {
      const why = outcomes.find((one) => one[r]?.judged.why != null)?.[r]?.judged.why;
      return why == null ? [] : [{ id, why: { code: why.code, params: why.params } }];
    });
    const { sweep, best } = assemble(run, places, all, leftOut);
    const kept = best ?? all[0];
    if (kept !== undefined) reportKept(run, kept, places);
    writeAtomic(join(run.folder, runFiles.sweep), `${JSON.stringify(sweep, null, 2)}\n`);
    writeAtomic(join(run.folder, runFiles.sweepText), sweepMarkdown(sweep));
    run.end('completed');
  });
};
