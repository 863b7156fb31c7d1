// Comparing all recipes, as a person does it: from the config's lens to the table in the report.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect } from 'vitest';
import { accessibilityViolations } from './support/axe';
import { publish } from './support/publish';
import { contentOf, sampleWorkspace, type SampleWorkspace } from './support/sampleWorkspace';
import { steps } from './support/steps';
import { Workbench, type ThemeKind } from './support/workbench';

let sample: SampleWorkspace;
let workbench: Workbench;
let before: string[];

const { step, atEnd } = steps(() => workbench);
/** Long enough for WebAssembly on a busy machine; native needs seconds. */
const trainingMs = 500_000;
const title = 'Every recipe on one representation';

const config = [
  'version: 1',
  'dataset: { root: ./mnist-lt }',
  'model: { kind: mlp, hidden: [32] }',
  'stages:',
  '  - { name: train, epochs: 40 }',
  '  - { name: head, epochs: 1, trainable: classifier, sampler: { kind: class-balanced } }',
  '',
].join('\n');

beforeAll(async () => {
  sample = await sampleWorkspace();
  atEnd(() => sample.remove());
  before = await contentOf(sample.dataset);
  await writeFile(path.join(sample.folder, 'longtail.yaml'), config);
  workbench = await Workbench.open({ folder: sample.folder });
  atEnd(() => workbench.close());
});

step('the lens of a config starts a sweep, and its page can stop it', async () => {
  await workbench.explorer.open('longtail.yaml');
  await workbench.editor.lens('Compare All Recipes');
  const page = await workbench.webview('Run: Sweep');
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await workbench.picture('sweep-running');
});

step('one notification at the end opens the report', async () => {
  await workbench.tab('longtail.yaml').click();
  const toast = await workbench.notification(/Sweep: .* is done/, trainingMs);
  expect(await toast.innerText()).toContain('Open Report');
  expect(await workbench.page.locator('.notification-toast').count()).toBe(1);
  await workbench.answerNotification(/Sweep: .* is done/, 'Open Report');
});

step('the report shows every recipe in one table', async () => {
  const page = await workbench.webview('Report: Sweep');
  const table = page.getByRole('region', { name: title });
  const recipes = await table.locator('tbody th').allInnerTexts();
  expect(recipes[0]).toContain('Plain training');
  expect(recipes.length).toBeGreaterThanOrEqual(12);
  expect(recipes.filter((name) => name.includes('(best on validation)'))).toHaveLength(1);
  const [plain] = await table.locator('tbody tr').all();
  expect(await plain?.locator('td').allInnerTexts()).toContain('itself');
});

step('the folder of the run holds the table and the config of what was kept', async () => {
  const runs = path.join(sample.folder, '.longtail', 'runs');
  const folders = (await readdir(runs)).map((name) => path.join(runs, name));
  const [folder] = folders.filter((one) => existsSync(path.join(one, 'sweep.json')));
  if (folder === undefined) throw new Error('no run of the store is a sweep');
  expect(await readFile(path.join(folder, 'sweep.md'), 'utf8')).toContain('| Plain training');
  expect(await readFile(path.join(folder, 'best.yaml'), 'utf8')).toMatch(/^version: 1$/m);
});

const themes: readonly (readonly [ThemeKind, string])[] = [
  ['vscode-light', 'light'],
  ['vscode-high-contrast', 'high-contrast'],
  ['vscode-dark', 'dark'],
];
for (const [kind, theme] of themes) {
  step(`the table is accessible in the ${theme} theme`, async () => {
    await workbench.setTheme(kind);
    const page = await workbench.webview('Report: Sweep');
    await page.locator(`body.${kind}`).waitFor();
    await page.getByRole('region', { name: title }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await publish(workbench, `sweep-${theme}`);
  });
}

step('nothing was written inside the dataset', async () => {
  expect(await contentOf(sample.dataset)).toEqual(before);
});
