import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainerEvent } from '../../src/protocol/trainer';
import { listRuns, readEvents, readRun } from '../../src/run/runStore';
import { readNpz } from '../../src/trainer/npz';
import type { BackendId } from '../../src/trainer/backend/types';
import {
  adjustedStage,
  classifierStage,
  createBench,
  kindsOf,
  lasting,
  plainStage,
  reportOf,
  type Bench,
} from './runs';
import { writeTinyDataset } from './tinyDataset';

/** Mean over classes of the share predicted right, by hand from saved logits. */
const balancedAccuracyOf = (folder: string, offsets: readonly number[]): number => {
  const arrays = readNpz(join(folder, 'predictions', 'test.npz'));
  const logits = arrays.get('logits')!;
  const labels = arrays.get('labels')!.values;
  const classes = logits.shape[1]!;
  const right = new Array<number>(classes).fill(0);
  const all = new Array<number>(classes).fill(0);
  labels.forEach((label, row) => {
    const z = offsets.map((offset, j) => logits.values[row * classes + j]! - offset);
    all[label]!++;
    if (z.indexOf(Math.max(...z)) === label) right[label]!++;
  });
  return right.reduce((sum, n, j) => sum + n / all[j]!, 0) / classes;
};

/**
 * The main job on one backend: plain, logit-adjusted, post-hoc and retrained classifier, to reports.
 * `longEpochs` take a few seconds there: long enough to be stopped or killed on the way.
 */
export const flowContract = (backend: BackendId, model: string, longEpochs: number): void => {
  let bench: Bench;
  let dataset = '';
  const root = mkdtempSync(join(tmpdir(), `longtail-flow-${backend}-`));
  beforeAll(() => {
    dataset = writeTinyDataset(join(root, 'data')).root;
    bench = createBench(join(root, 'bench'), dataset);
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const config = (name: string, more: object = {}) =>
    bench.writeConfig(name, { model, backend, ...more });

  const longStage = adjustedStage.replace('epochs: 3', `epochs: ${longEpochs}`);

  describe(`training on ${backend}`, () => {
    it('trains the plain baseline, then the recipe, and reports both', async () => {
      const events: TrainerEvent[] = [];
      const run = bench.start(config('adjusted', { stages: [adjustedStage] }), {
        onEvent: (event) => events.push(event),
      });
      const report = reportOf(await run.finished);
      expect(report.backend).toBe(backend);
      expect(report.title).toBe('Logit-adjusted loss');
      expect(report.dataset.classNames).toEqual(['1', '10', '2', 'ä']);
      // Hold-out of a tenth: max(1, round) of 120, 40, 20 and 8.
      expect(report.trainCounts).toEqual([108, 36, 18, 7]);
      expect(report.scoredSplit).toBe('test');
      expect(report.scores.samples).toBe(80);
      expect(report.validation?.samples).toBe(12 + 4 + 2 + 1);
      expect(report.baseline?.title).toBe('Plain baseline');
      expect(balancedAccuracyOf(run.folder, [0, 0, 0, 0])).toBeCloseTo(
        report.scores.balancedAccuracy ?? 0,
        12,
      );
      expect(report.scores.accuracy).toBeGreaterThan(0.25);
      expect(kindsOf(events)).toEqual(
        new Set([
          'run/start',
          'stage/start',
          'step',
          'epoch',
          'eval',
          'checkpoint',
          'stage/end',
          'run/end',
        ]),
      );
      expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i));
      const evals = events.filter((event) => event.kind === 'eval');
      expect(evals.filter((e) => e.split === 'test').map((e) => e.role)).toEqual([
        'baseline',
        'recipe',
      ]);
      // Each says its step, so that the recipe is held against the baseline at the same one.
      const stepsOf = (role: string) =>
        evals.filter((e) => e.role === role && e.split === 'validation').map(({ step }) => step);
      expect(stepsOf('recipe')).toEqual(stepsOf('baseline'));
      expect(stepsOf('recipe').every((step) => step !== undefined && step > 0)).toBe(true);
      expect(listRuns(bench.store).map(({ record }) => [record.role, record.state])).toEqual(
        expect.arrayContaining([
          ['recipe', 'completed'],
          ['baseline', 'completed'],
        ]),
      );
    });

    it('takes the baseline’s logits for a recipe that only corrects afterwards', async () => {
      const before = listRuns(bench.store).length;
      // As a trainer leaves it that is killed right after its last word.
      for (const { folder } of listRuns(bench.store)) {
        mkdirSync(join(folder, 'checkpoints'));
        // No process has this id: Linux stops at 2^22.
        writeFileSync(join(folder, 'predictions', 'train.npz.99999999.tmp'), 'half');
        writeFileSync(join(folder, 'predictions', `train.npz.${process.pid}.tmp`), 'on its way');
      }
      const run = bench.start(config('posthoc', { posthoc: '{ kind: logit-adjustment, tau: 1 }' }));
      const report = reportOf(await run.finished);
      expect(listRuns(bench.store)).toHaveLength(before + 1);
      for (const { folder, record } of listRuns(bench.store))
        if (record.role === 'baseline') {
          expect(readdirSync(folder)).not.toContain('checkpoints');
          const halves = readdirSync(join(folder, 'predictions')).filter((n) => n.endsWith('.tmp'));
          expect(halves).toEqual([`train.npz.${process.pid}.tmp`]);
        }
      const own = readEvents(run.folder);
      expect(kindsOf(own).has('step')).toBe(false);
      // z − log π with π from the counts after hold-out, 169 in all.
      const logPrior = [108, 36, 18, 7].map((n) => Math.log(n / 169));
      expect(balancedAccuracyOf(run.folder, logPrior)).toBeCloseTo(
        report.scores.balancedAccuracy ?? 0,
        12,
      );
      expect(balancedAccuracyOf(run.folder, [0, 0, 0, 0])).toBeCloseTo(
        report.baseline!.scores.balancedAccuracy ?? 0,
        12,
      );
      expect(report.posthoc).toMatchObject({ kind: 'logit-adjustment', tau: 1, note: 'tau.fixed' });
    });

    it('keeps tau 1 where a class has too few validation items to choose on', async () => {
      const run = bench.start(config('auto', { posthoc: '{ kind: logit-adjustment, tau: auto }' }));
      const report = reportOf(await run.finished);
      expect(report.posthoc).toMatchObject({ tau: 1, note: 'tau.fewItems' });
      expect(report.posthoc.tried).toHaveLength(21);
      expect(report.selectedOn).toBe('validation');
    });

    it('retrains the classifier on features it shares with its baseline', async () => {
      const stages = [plainStage, classifierStage];
      const run = bench.start(config('crt', { stages }));
      const report = reportOf(await run.finished);
      const starts = readEvents(run.folder).filter((event) => event.kind === 'stage/start');
      expect(starts.map((event) => [event.role, event.stage])).toEqual([
        ['baseline', 'train'],
        ['baseline', 'classifier'],
        ['recipe', 'classifier'],
      ]);
      expect(report.timings.map((timing) => timing.name)).toEqual(['train', 'classifier']);
      // Trained from the start without its baseline, it ends in the same place.
      const alone = bench.start(config('crt-alone', { stages }), { baseline: 'skip' });
      const again = reportOf(await alone.finished);
      expect(again.scores.confusion).toEqual(report.scores.confusion);
      const backbone = [...readNpz(join(run.folder, 'model', 'weights.npz'))].filter(
        ([name]) => !name.startsWith('classifier'),
      );
      const other = readNpz(join(alone.folder, 'model', 'weights.npz'));
      expect(backbone.length).toBeGreaterThan(0);
      for (const [name, { values }] of backbone) expect(other.get(name)?.values).toEqual(values);
    });

    it('goes on after kill -9 with the report of an uninterrupted run', async () => {
      const path = config('killed', { stages: [longStage], seed: 11 });
      const whole = bench.start(path, { baseline: 'skip' });
      const expected = reportOf(await whole.finished);
      const cut = bench.start(path, {
        baseline: 'skip',
        onEvent: (event) => {
          const pid = readRun(cut.folder)?.record.pid;
          // The event comes before its file: from the second on the first one's is there.
          if (event.kind === 'checkpoint' && event.epoch > 1 && typeof pid === 'number')
            process.kill(pid, 'SIGKILL');
        },
      });
      const killed = await cut.finished;
      expect(killed).toMatchObject({ outcome: 'failed', error: { code: 'run/killed' } });
      expect(readRun(cut.folder)?.record.state).toBe('interrupted');
      // As if the machine had gone down in the middle of a line.
      const log = join(cut.folder, 'events.jsonl');
      writeFileSync(log, readFileSync(log).subarray(0, -9));
      const resumed = bench.start(path, { baseline: 'skip', resume: true, runFolder: cut.folder });
      const report = reportOf(await resumed.finished);
      expect(lasting(report)).toEqual(lasting(expected));
      const live = readEvents(cut.folder);
      expect(new Set(live.map((event) => event.attempt))).toEqual(new Set([1, 2]));
      const epochs = live.filter((event) => event.kind === 'epoch');
      expect(epochs.map((event) => event.epoch)).toEqual(
        Array.from({ length: longEpochs }, (_, i) => i + 1),
      );
      expect(readdirSync(cut.folder)).not.toContain('checkpoints');
    });

    it('stops within the batch, leaves a checkpoint, and goes on from it', async () => {
      const path = config('stopped', { stages: [longStage], seed: 12 });
      const run = bench.start(path, {
        baseline: 'skip',
        onEvent: (event) => {
          if (event.kind === 'epoch') run.stop();
        },
      });
      expect(await run.finished).toEqual({ outcome: 'stopped', step: 'asked' });
      expect(readRun(run.folder)?.record.state).toBe('stopped');
      expect(readdirSync(join(run.folder, 'checkpoints')).length).toBeGreaterThan(0);
      const again = bench.start(path, { baseline: 'skip', resume: true, runFolder: run.folder });
      const end = await again.finished;
      expect(end.outcome).toBe('completed');
      expect(reportOf(end).timings[0]?.epochs).toBe(longEpochs);
    });
  });
};
