import { describe, expect, it } from 'vitest';
import type { TrainerEvent, TrainerEventBody } from '../../../src/protocol/trainer';
import { besideOf, liveClasses } from '../../../src/report/live/beside';
import { followProgress, progressOf } from '../../../src/report/live/progress';
import { createScreen } from '../../../src/report/live/screen';
import { liveBlock, liveLine } from '../../../src/report/live/text';

const events = (bodies: readonly TrainerEventBody[], from = 0): TrainerEvent[] =>
  bodies.map((body, i) => ({ v: 1, seq: from + i, attempt: 0, t: 0, ...body }));

const start: TrainerEventBody = {
  ...{ kind: 'run/start', title: 'x', backend: 'wasm', estimateSeconds: null },
  stages: [{ name: 'train', epochs: 4, stepsPerEpoch: 10 }],
  classes: {
    names: ['yew', 'oak', 'elm'],
    counts: [2, 500, 50],
    bands: ['few', 'many', 'medium'],
    scheme: 'count',
  },
};

const evaluation = (
  role: 'baseline' | 'recipe',
  step: number | undefined,
  few: number,
): TrainerEventBody => ({
  ...{ kind: 'eval', stage: 'train', role, epoch: 1, split: 'validation', accuracy: 0.9 },
  ...(step === undefined ? {} : { step }),
  ...{ balancedAccuracy: few, bands: { many: 0.9, medium: 0.5, few } },
  recall: [few, 0.9, null],
});

const step = (at: number): TrainerEventBody => ({
  ...{ kind: 'step', stage: 'train', step: at, steps: 40, epoch: 2, loss: 0.51234 },
  ...{ learningRate: 0.05, imagesPerSecond: 1234, secondsLeft: 83 },
});

const stage = (role: 'baseline' | 'recipe'): TrainerEventBody => ({
  ...{ kind: 'stage/start', stage: 'train', role },
});

/** A baseline of four epochs of ten steps, then a recipe after its second. */
const run = [
  start,
  stage('baseline'),
  ...[10, 20, 30, 40].map((at) => evaluation('baseline', at, at / 100)),
  stage('recipe'),
  evaluation('recipe', 10, 0.3),
  evaluation('recipe', 20, 0.5),
  step(21),
];

describe('a run beside its baseline', () => {
  it('is held against the same step, not against the end', () => {
    const { own, plain, sameStep } = besideOf(progressOf(events(run), true));
    expect([own?.step, plain?.step, sameStep]).toEqual([20, 20, true]);
  });

  it('is held against the last before where their epochs differ in length', () => {
    const longer = [...run, evaluation('recipe', 27, 0.6)];
    const { plain, sameStep } = besideOf(progressOf(events(longer), true));
    expect([plain?.step, sameStep]).toEqual([20, false]);
  });

  it('counts evaluations that do not say their step, as earlier versions wrote them', () => {
    const old = [
      ...[0.1, 0.2, 0.3].map((few) => evaluation('baseline', undefined, few)),
      evaluation('recipe', undefined, 0.4),
    ];
    expect(besideOf(progressOf(events(old), true)).plain?.bands.few).toBe(0.1);
  });

  it('is held against the end where it made no steps of its own, as the heads of a sweep', () => {
    const head = [...run.slice(0, 6), evaluation('recipe', undefined, 0.4)];
    const { plain, sameStep } = besideOf(progressOf(events(head), true));
    expect([plain?.step, sameStep]).toEqual([40, false]);
  });

  it('shows every class by falling training count', () => {
    const progress = progressOf(events(run), true);
    expect(liveClasses(progress, besideOf(progress))).toEqual([
      { name: 'oak', band: 'many', trainCount: 500, own: 0.9, plain: 0.9 },
      { name: 'elm', band: 'medium', trainCount: 50, own: null, plain: null },
      { name: 'yew', band: 'few', trainCount: 2, own: 0.5, plain: 0.2 },
    ]);
  });
});

describe('following events', () => {
  it('comes to what all of them at once come to, also after a resume', () => {
    const again = [step(18), evaluation('recipe', 20, 0.55)];
    const all = [...events(run), ...events(again, 8)];
    const follow = followProgress();
    const last = all.map(follow).at(-1);
    expect(last).toEqual(progressOf(events([...run.slice(0, 8), ...again]), true));
  });
});

const plain = (_: string, text: string): string => text;

describe('a run in a terminal', () => {
  const progress = progressOf(events(run), true);

  it('shows place, figures, and bands beside the baseline', () => {
    const [place, figures, ...table] = liveBlock(progress, plain);
    expect(place).toMatch(/^█+▋? +52 % {2}recipe · train · epoch 2\/4$/);
    expect(figures).toBe('loss 0.512 · learning rate 0.05 · 1,234 samples/s · 1:23 left · wasm');
    expect(table.map((line) => line.split(/ {2,}/))).toEqual([
      ['validation', 'balanced', 'many', 'medium', 'few'],
      ['this run', '0.500', '0.900', '0.500', '0.500'],
      ['plain, same step', '0.200', '0.900', '0.500', '0.200'],
      ['change', '+0.300', '0.000', '0.000', '+0.300'],
    ]);
  });

  it('is one line in a log', () => {
    expect(liveLine(progress)).toBe(
      '52 % recipe · train · epoch 2/4 · loss 0.512 · learning rate 0.05 · 1,234 samples/s · 1:23 left · wasm · many 0.900 (plain 0.900) · medium 0.500 (plain 0.500) · few 0.500 (plain 0.200)',
    );
  });
});

describe('a screen', () => {
  const screenAt = (live: boolean) => {
    const state = { time: 0, written: '' };
    const write = (text: string): void => {
      state.written += text;
    };
    const screen = createScreen({ write, live, now: () => state.time });
    return { state, screen };
  };

  it('redraws its block where it stands and keeps what is done above it', () => {
    const { state, screen } = screenAt(true);
    screen.draw(
      () => ['a', 'b'],
      () => '',
    );
    screen.draw(
      () => ['too soon'],
      () => '',
    );
    screen.done('done');
    state.time = 100;
    screen.draw(
      () => ['c'],
      () => '',
    );
    expect(state.written).toBe(
      '\u001b[?7la\nb\u001b[?7h\r\u001b[2K\u001b[1A\r\u001b[2Kdone\n\u001b[?7lc\u001b[?7h',
    );
  });

  it('writes plain lines, seconds apart, where nothing can be redrawn', () => {
    const { state, screen } = screenAt(false);
    const draw = (): void =>
      screen.draw(
        () => ['block'],
        () => `at ${state.time}`,
      );
    draw();
    state.time = 5000;
    draw();
    state.time = 6000;
    draw();
    screen.clear();
    expect(state.written).toBe('at 5000\n');
  });
});
