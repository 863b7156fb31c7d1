// The main job as a person does it, in one window from the first right-click to the list of runs
// after a reload. The steps build on each other.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect } from 'vitest';
import { listRuns, readEvents } from '../../src/run/runStore';
import { accessibilityViolations } from './support/axe';
import { publish } from './support/publish';
import { contentOf, sampleWorkspace, type SampleWorkspace } from './support/sampleWorkspace';
import { steps } from './support/steps';
import { until } from './support/until';
import { Workbench, type ThemeKind } from './support/workbench';

let sample: SampleWorkspace;
let workbench: Workbench;
let before: string[];

const { step, atEnd } = steps(() => workbench);
/** One epoch shows the way; pictures for the README are of a run that learned something. */
const forReadme = process.env['LONGTAIL_SCREENSHOTS'] === '1';
const epochs = forReadme ? 12 : 1;
/** Long enough for WebAssembly on a busy machine; native needs seconds. */
const trainingMs = 300_000;

beforeAll(async () => {
  sample = await sampleWorkspace();
  atEnd(() => sample.remove());
  before = await contentOf(sample.dataset);
  workbench = await Workbench.open({ folder: sample.folder });
  atEnd(() => workbench.close());
});

/** Role and state of every run in the store, in alphabetical order. */
const runStates = async (): Promise<string[]> => {
  const store = path.join(sample.folder, '.longtail', 'runs');
  const records = (await readdir(store)).map(async (name) => {
    const record: unknown = JSON.parse(await readFile(path.join(store, name, 'run.json'), 'utf8'));
    const { role, state } = record as { role: string; state: string };
    return `${role} ${state}`;
  });
  return (await Promise.all(records)).sort();
};

step('a right-click on the folder opens its profile', async () => {
  await workbench.explorer.contextMenu('mnist-lt', 'Analyze Dataset Imbalance');
  const page = await workbench.webview('Profile: mnist-lt');
  await page.getByRole('heading', { level: 1, name: 'mnist-lt' }).waitFor();
  const lead = await page.locator('.lead').first().innerText();
  expect(lead).toContain('500 times');
  expect(lead).toContain('5,000 images against 10');
});

step('the class table filters, and the chart is walked with arrow keys', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  const filter = page.getByRole('textbox', { name: 'Show classes whose name contains' });
  await filter.fill('7');
  await page.getByText('one of 10 classes').waitFor();
  await filter.fill('');
  await page.getByText('10 classes', { exact: true }).first().waitFor();
  const bar = page.locator('[data-bar]').first();
  await bar.focus();
  await bar.press('ArrowRight');
  await page.getByText('1: 2,506 images', { exact: false }).first().waitFor();
});

step('what the model is for decides which advice comes first', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  const first = page.locator('.advice.first h3');
  const answer = async (question: string, choice: string): Promise<void> => {
    await page.getByRole('combobox', { name: question }).click();
    await page.getByRole('option', { name: choice, exact: true }).click();
  };
  expect(await first.innerText()).toBe('Adjust the plain model afterwards');
  await answer('What counts', 'accuracy');
  await first.filter({ hasText: 'Leave it alone' }).waitFor();
  await answer('What counts', 'not decided');
  await first.filter({ hasText: 'Adjust the plain model afterwards' }).waitFor();
  // What takes longer than there is time is left out.
  const dear = page.locator('[data-advice="logit-adjusted-loss"]');
  const minutes = page.getByRole('textbox', { name: 'Minutes to train' });
  await minutes.fill('1');
  await dear.waitFor({ state: 'detached' });
  await minutes.fill('');
  await dear.waitFor({ state: 'attached' });
});

step('a class leads to its files, whose pictures come when they are asked for', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  await page.locator('.class-card').getByRole('button', { name: '9', exact: true }).click();
  await page.getByRole('heading', { name: 'Files of 9' }).waitFor();
  await page.getByText('test/9/').first().waitFor();
  const pictures = page.locator('.files .thumb > *');
  expect(await pictures.count()).toBe(0);
  await page.getByRole('button', { name: 'Show Pictures' }).click();
  await pictures.first().waitFor();
  expect(await pictures.count()).toBe(await page.locator('.files li').count());
  // Each is a digit of 28 by 28 pixels that the browser could draw.
  const sizes = await until('pictures that are drawn', async () => {
    const widths = await pictures.evaluateAll((all) =>
      all.map((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 28)),
    );
    return widths.every((width) => width > 0) ? widths : undefined;
  });
  expect(new Set(sizes)).toEqual(new Set([28]));
  await page.getByRole('button', { name: 'Close', exact: true }).click();
});

step('the splits say what they can measure', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  const table = page.getByRole('region', { name: 'What each split can measure' });
  await table.scrollIntoViewIfNeeded();
  const [row = ''] = await table.locator('tbody tr').allInnerTexts();
  // A test split of equal classes beside training counts of 5,000 to 10: all ten differ.
  expect(row.split(/\s+/).at(-1)).toBe('10');
  await page.getByText('classes differ beyond chance').waitFor();
  await workbench.picture('profile-splits');
});

step('Create Config on the first advice writes longtail.yaml beside the dataset', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  await page.locator('.advice.first').getByRole('button', { name: 'Create Config' }).click();
  await workbench.tab('longtail.yaml').waitFor();
  await workbench.editor.shows('root: ./mnist-lt');
  const text = await readFile(path.join(sample.folder, 'longtail.yaml'), 'utf8');
  expect(text).toMatch(/^version: 1$/m);
  expect(text).toMatch(/epochs: \d+/);
});

step('a mistake in the config is underlined, and gone when it is put right', async () => {
  await workbench.editor.retypeLine('seed:', 'sed: 0');
  await workbench.page.locator('.squiggly-error').first().waitFor();
  await workbench.editor.retypeLine('sed:', 'seed: 0');
  await workbench.page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
});

step('the Train lens trains a short run', async () => {
  await workbench.editor.retypeLine('epochs:', `epochs: ${epochs}`);
  await workbench.editor.lens('Train');
  const page = await workbench.webview('Run: longtail.yaml');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('progressbar').first().waitFor({ timeout: trainingMs });
  expect(await accessibilityViolations(page)).toEqual([]);
  if (forReadme) await page.getByText('epoch 8 of').first().waitFor({ timeout: trainingMs });
  await publish(workbench, 'run-dark');
});

step('the run ends in a report that compares it with the plain baseline', async () => {
  const run = await workbench.webview(/^Run: /);
  await run
    .getByRole('heading', { name: 'Against the plain baseline' })
    .or(run.getByText('Failed.'))
    .first()
    .waitFor({ timeout: trainingMs });
  expect(await runStates()).toEqual(['baseline completed', 'recipe completed']);
  await workbench.sidebar.open('Longtail');
  await workbench.sidebar.row('Runs', /^\s*Post-hoc logit adjustment.*completed/).click();
  const report = await workbench.webview(/^Report: /);
  await report.getByRole('heading', { level: 1 }).waitFor();
  const text = await report.locator('main').innerText();
  expect(text).toContain('plain');
  expect(text.toLowerCase()).toContain('balanced accuracy');
});

step('a class and a confusion lead to their test files', async () => {
  const page = await workbench.webview(/^Report: /);
  await page.locator('.class-card').getByRole('button', { name: '0', exact: true }).click();
  await page.getByRole('heading', { name: 'Test items of 0, wrong ones first' }).waitFor();
  const files = page.locator('.files li');
  await files.first().waitFor();
  expect(await files.first().innerText()).toContain('test/0/');
  await page.getByRole('button', { name: 'Show Pictures' }).click();
  await files.first().locator('.thumb > *').waitFor();
  const matrix = page.getByRole('application');
  await matrix.focus();
  await matrix.press('ArrowDown');
  await matrix.press('ArrowDown');
  await matrix.press('Shift+Enter');
  await page.getByRole('heading', { name: 'Test items of 1, wrong ones first' }).waitFor();
  await page.getByText('test/1/').first().waitFor();
  await workbench.picture('report-files');
});

const stopButton = () =>
  until('the page of a run that trains', async () => {
    const stop = (await workbench.webview(/^Run: /)).getByRole('button', { name: 'Stop' });
    return (await stop.count()) === 1 ? stop : undefined;
  });

step('a run that a reload cuts short is offered again, once', async () => {
  await workbench.tab('longtail.yaml').click();
  await workbench.editor.retypeLine('epochs:', 'epochs: 200');
  await workbench.editor.lens('Train');
  await stopButton();
  const page = await workbench.webview(/^Run: /);
  await page.getByRole('progressbar').first().waitFor({ timeout: trainingMs });
  await workbench.reload();
  await workbench.answerNotification(/was interrupted/, 'Resume');
});

step('it goes on, and is stopped from its page, which shows all it did', async () => {
  const stop = await stopButton();
  const page = await workbench.webview(/^Run: /);
  await page.getByRole('progressbar').first().waitFor({ timeout: trainingMs });
  await stop.click();
  await page
    .getByText(/^Stopped\./)
    .first()
    .waitFor({ timeout: trainingMs });
  const [stopped] = listRuns(path.join(sample.folder, '.longtail')).filter(
    ({ record }) => record.role === 'recipe' && record.state === 'stopped',
  );
  const made = readEvents(stopped?.folder ?? '').filter(({ kind }) => kind === 'eval');
  expect(await page.locator('details tbody tr').count()).toBeGreaterThanOrEqual(made.length);
});

step('after a reload both runs and the dataset are in the side bar', async () => {
  await workbench.sidebar.open('Longtail');
  await workbench.sidebar.row('Runs', /^\s*Post-hoc logit adjustment.*completed/).waitFor();
  await workbench.sidebar.row('Runs', /^\s*Post-hoc logit adjustment.*stopped/).waitFor();
  await workbench.sidebar.row('Datasets', 'mnist-lt').waitFor();
  expect(await runStates()).toContain('recipe stopped');
});

step('the pages come back with the window', async () => {
  await workbench.tab('Profile: mnist-lt').click();
  const page = await workbench.webview('Profile: mnist-lt');
  await page.getByRole('heading', { level: 1, name: 'mnist-lt' }).waitFor();
  // The browser workbench keeps the state of a page some time after it was shown; a report that was
  // still on its way when the window went is opened from its row, as a user would.
  await workbench.sidebar.row('Runs', /^\s*Post-hoc logit adjustment.*completed/).click();
  const report = await workbench.webview(/^Report: /);
  await report.getByRole('heading', { level: 1 }).waitFor();
});

step('the report leads to a comparison with the baseline, class by class', async () => {
  const report = await workbench.webview(/^Report: /);
  await report.getByRole('button', { name: 'Compare…' }).click();
  // The run it was pressed for is chosen already; its baseline comes along.
  expect(await workbench.quickInput.labels()).toHaveLength(2);
  await workbench.quickInput.accept();
  const page = await workbench.webview(/^Compare: /);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const text = await page.locator('main').innerText();
  expect(text).toMatch(
    /Post-hoc logit adjustment \(\w\) is [\d.]+ points above that of Plain baseline/,
  );
  expect(text).toContain('test sampling, one seed');
  expect(text).toContain('McNemar');
});

step('thresholds of the classes are set to their best, moved by keys and kept', async () => {
  await workbench.tab('Report: ').first().click();
  const page = await workbench.webview(/^Report: /);
  const bench = page.locator('.bench');
  await bench.getByRole('tab', { name: 'Thresholds' }).click();
  await bench.getByRole('button', { name: 'Set to Best' }).click();
  const sliders = bench.getByRole('group', { name: 'Thresholds' }).getByRole('slider');
  expect(await sliders.count()).toBe(10);
  // The rarest is first; keys move it, and the figure says what comes of it.
  await sliders.first().focus();
  await page.locator('.figure-sentence', { hasText: 'gives 9 a recall' }).waitFor();
  const before = await sliders.first().getAttribute('aria-valuetext');
  await sliders.first().press('ArrowLeft');
  const value = (await sliders.first().getAttribute('aria-valuetext')) ?? '';
  expect(Number(value)).toBeLessThan(Number(before));
  await page.getByText(`a threshold of ${value} gives 9`).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await workbench.picture('report-thresholds');
  await bench.getByRole('button', { name: 'Keep This' }).click();
  await page.getByText('Kept: a threshold a class. On test').waitFor();
  const text = await readFile(path.join(sample.folder, 'longtail.yaml'), 'utf8');
  expect(text).toMatch(/kind: thresholds/);
  expect(text).toMatch(new RegExp(`"?9"?: ${value.replace('.', '\\.')}\\b`));
});

const themes: readonly (readonly [ThemeKind, string])[] = [
  ['vscode-light', 'light'],
  ['vscode-high-contrast', 'high-contrast'],
  ['vscode-dark', 'dark'],
];
const pages = [
  { tab: 'Profile: ', name: 'profile' },
  { tab: 'Report: ', name: 'report' },
  { tab: 'Run: ', name: 'run-ended' },
  { tab: 'Compare: ', name: 'compare' },
];

for (const [kind, theme] of themes) {
  step(`every page is accessible in the ${theme} theme`, async () => {
    await workbench.setTheme(kind);
    for (const { tab, name } of pages) {
      await workbench.tab(tab).first().click();
      const page = await workbench.webview(new RegExp(`^${tab}`));
      await page.locator(`body.${kind}`).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await accessibilityViolations(page), `${name}, ${theme}`).toEqual([]);
      // A stopped run and a comparison of one: nothing for the README.
      if (name === 'run-ended' || name === 'compare') await workbench.picture(`${name}-${theme}`);
      else await publish(workbench, `${name}-${theme}`);
    }
  });
}

step('nothing was written inside the dataset', async () => {
  expect(await contentOf(sample.dataset)).toEqual(before);
});
