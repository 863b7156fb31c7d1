// What a person does with runs that are there: predicts with one, exports its model, looks at one again
// after closing its page or its window, and trains on a dataset that is not the one that was looked at.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import { curvesOf } from '../../src/report/curves';
import { listRuns, readEvents } from '../../src/run/runStore';
import { words } from '../../src/words/say';
import { writeTinyDataset } from '../trainer/tinyDataset';
import { steps } from './support/steps';
import { until } from './support/until';
import { project, Workbench } from './support/workbench';

let folder: string;
let workbench: Workbench;

const { step, atEnd } = steps(() => workbench);
const trainingMs = 300_000;

const configOf = (model: string, epochs: number): string => `version: 1
dataset: { root: ./bars }
model: ${model}
stages:
  - { name: train, epochs: ${epochs} }
backend: cpu
`;
/** Long enough to last while its page is closed and opened and its window loaded again. */
const longEpochs = 200;

beforeAll(async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'longtail-runs-'));
  atEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  folder = path.join(home, 'work');
  writeTinyDataset(path.join(folder, 'bars'));
  await writeFile(path.join(folder, 'longtail.yaml'), configOf('{ kind: linear }', 5));
  const long = configOf('{ kind: mlp, hidden: [256] }', longEpochs);
  await writeFile(path.join(folder, 'long.longtail.yaml'), long);
  execFileSync(process.execPath, [path.join(project, 'dist', 'cli.js'), 'train', 'longtail.yaml'], {
    cwd: folder,
    stdio: 'ignore',
  });
  workbench = await Workbench.open({ folder });
  atEnd(() => workbench.close());
});

const preview = async (): Promise<Frame> => {
  const page = await workbench.webview(/^Preview predictions/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
};

step('a right-click on a folder shows what the run says of its pictures', async () => {
  await workbench.explorer.open('bars');
  await workbench.explorer.contextMenu('test', 'Predict with a Run…');
  const page = await preview();
  expect(await page.locator('h1').innerText()).toBe('Predictions of “Plain baseline”');
  const [said = ''] = await page.locator('p').allInnerTexts();
  expect(said).toContain('looked at 80 pictures of test');
  const agreeing = Number(/(\d+) of 80 agree/.exec(said)?.[1]);
  const rows = await page.locator('tbody tr').allInnerTexts();
  expect(rows).toHaveLength(80);
  // Those that contradict their folder come first.
  expect(rows.findIndex((row) => !row.includes('not the same'))).toBe(80 - agreeing);
  await workbench.picture('predict-folder');
});

step('its links lead to a picture and to the table of all', async () => {
  const [first = ''] = await (await preview()).locator('tbody tr td:first-child').allInnerTexts();
  await (await preview()).getByRole('link', { name: first }).click();
  await workbench.tab(path.basename(first)).waitFor();
  await workbench.tab('Preview predictions').click();
  await (await preview()).getByRole('link', { name: 'All predictions as CSV' }).click();
  await workbench.tab('predictions-test.csv').waitFor();
  await workbench.editor.shows('path,labels,class_1');
  await workbench.closeAllEditors();
});

step('the list of runs predicts a picture that is asked for', async () => {
  await workbench.sidebar.open('Longtail');
  await workbench.sidebar.contextMenu('Runs', 'Plain baseline', 'Predict with a Run…');
  await workbench.quickInput.path(path.join(folder, 'bars', 'test', '10', '003.png'), 'Predict');
  const [said = ''] = await (await preview()).locator('p').allInnerTexts();
  expect(said).toContain('looked at one picture, 003.png.');
  await workbench.picture('predict-picture');
  await workbench.closeAllEditors();
});

step('it exports the model, and shows how to use it', async () => {
  await workbench.sidebar.contextMenu('Runs', 'Plain baseline', 'Export Model…');
  await workbench.quickInput.path(`${folder}/`, 'Export Here');
  const page = await workbench.webview('Preview README.md');
  await page.getByRole('heading', { name: 'Python' }).waitFor();
  expect(await page.locator('body').innerText()).toContain('python longtail_model.py PICTURE...');
  const files = await readdir(path.join(folder, 'longtail-model'));
  expect(files).toEqual(expect.arrayContaining(['model.json', 'weights.npz', 'longtail_model.py']));
  await workbench.picture('export-model');
  await workbench.closeAllEditors();
});

/** Rows of the table of evaluations; it may be folded. */
const evaluations = '[aria-label="Every evaluation"] tbody tr';
/** The evaluations that a page of a run lists: their epochs. */
const listedEpochs = async (page: Frame): Promise<number[]> => {
  const cells = await page.locator(`${evaluations} td:nth-of-type(1)`).allTextContents();
  return cells.map(Number);
};
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
const runPage = (): Promise<Frame> => workbench.webview(/^Run: /);
/** The run of this test, and the epochs its events tell of. */
const longRun = () => {
  const runs = listRuns(path.join(folder, '.longtail'));
  const run = runs.find(({ record }) => record.configPath.endsWith('long.longtail.yaml'));
  const events = readEvents(run?.folder ?? '');
  const epochs = events.flatMap((event) =>
    event.kind === 'eval' && event.split === 'validation' ? [event.epoch] : [],
  );
  return { state: run?.record.state, events, epochs };
};

step(
  'a page that is closed while its run goes on shows all of it when it is opened again',
  async () => {
    await workbench.explorer.show();
    await workbench.explorer.open('long.longtail.yaml');
    await workbench.editor.lens('Train');
    await until('three evaluations on the page', async () =>
      (await listedEpochs(await runPage())).length >= 3 ? true : undefined,
    );
    await workbench.closeTab('Run: ');
    const { epochs } = longRun();
    await workbench.sidebar.open('Longtail');
    await workbench.sidebar.row('Runs', /^(?!.*completed)/).click();
    const page = await runPage();
    await page.locator(evaluations).first().waitFor({ state: 'attached' });
    const listed = await listedEpochs(page);
    expect(listed).toEqual(upTo(listed.length));
    expect(listed.length).toBeGreaterThanOrEqual(epochs.length);
    await workbench.picture('run-reopened');
  },
);

step('a run that a reload cuts short goes on from its notification to its end', async () => {
  await workbench.reload();
  await workbench.answerNotification(/was interrupted/, 'Resume');
  await until(
    'the end of the run',
    () => Promise.resolve(longRun().state === 'completed' ? true : undefined),
    trainingMs,
  );
  const { events, epochs } = longRun();
  expect(epochs).toEqual(upTo(longEpochs));
  expect(new Set(events.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]));
});

step('its page, opened again, has a line and a point for each of its epochs', async () => {
  await workbench.closeAllEditors();
  await workbench.sidebar.open('Longtail');
  await workbench.sidebar.contextMenu('Runs', 'Plain baseline', 'Show Run');
  const page = await runPage();
  await page.locator(evaluations).first().waitFor({ state: 'attached' });
  expect(await listedEpochs(page)).toEqual(upTo(longEpochs));
  const pointsOf = async (series: string): Promise<number | undefined> => {
    const line = page.locator(`.series.${series} polyline`).first();
    return (await line.getAttribute('points'))?.trim().split(/\s+/).length;
  };
  const all = ['band-many', 'band-medium', 'band-few'].map(pointsOf);
  expect(await Promise.all(all)).toEqual([longEpochs, longEpochs, longEpochs]);
  expect(await pointsOf('plain')).toBe(curvesOf(longRun().events).baseline.length);
  await workbench.picture('run-ended-reopened');
  await workbench.closeAllEditors();
});

step(
  'a dataset that changed after its scan is not trained on before it is scanned again',
  async () => {
    await workbench.explorer.show();
    await workbench.explorer.contextMenu('bars', 'Analyze Dataset Imbalance');
    await (await workbench.webview('Profile: bars')).getByRole('heading', { level: 1 }).waitFor();
    const [rare, added] = ['000.png', 'added.png'].map((name) =>
      path.join(folder, 'bars/train/ä', name),
    );
    await copyFile(rare ?? '', added ?? '');
    await workbench.explorer.open('longtail.yaml');
    await workbench.editor.lens('Train');
    const page = await runPage();
    const reason = words('train/dataset-rescan', { root: path.join(folder, 'bars') });
    await page.getByText(reason).first().waitFor({ timeout: trainingMs });
    await workbench.picture('run-dataset-changed');
    // The page is in sight: nothing says it a second time.
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
    await workbench.closeTab('Run: ');
    await workbench.sidebar.open('Longtail');
    await workbench.sidebar.action('Datasets', 'bars', 'Scan Again');
    await (await workbench.webview('Profile: bars')).getByText('9 images').first().waitFor();
    await workbench.tab('longtail.yaml').click();
    await workbench.editor.lens('Train');
    const states = () => listRuns(path.join(folder, '.longtail')).map(({ record }) => record.state);
    await until(
      'the end of the run',
      () => Promise.resolve(states()[0] === 'completed' ? true : undefined),
      trainingMs,
    );
    expect(states()).toEqual(['completed', 'failed', 'completed', 'completed']);
  },
);
