// Restricted Mode: reading labels is safe and works, training is refused until the folder is trusted.
import { beforeAll, expect } from 'vitest';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contentOf, sampleWorkspace, type SampleWorkspace } from './support/sampleWorkspace';
import { steps } from './support/steps';
import { Workbench } from './support/workbench';

let sample: SampleWorkspace;
let workbench: Workbench;

const { step, atEnd } = steps(() => workbench);

beforeAll(async () => {
  sample = await sampleWorkspace();
  atEnd(() => sample.remove());
  workbench = await Workbench.open({ folder: sample.folder, restricted: true });
  atEnd(() => workbench.close());
});

step('a folder nobody trusts is scanned and profiled', async () => {
  await workbench.explorer.contextMenu('mnist-lt', 'Analyze Dataset Imbalance');
  const page = await workbench.webview('Profile: mnist-lt');
  await page.getByRole('heading', { level: 1, name: 'mnist-lt' }).waitFor();
  expect(await page.locator('.lead').first().innerText()).toContain('500 times');
});

step('a split is proposed, written as lists beside the dataset, and used', async () => {
  const before = await contentOf(sample.dataset);
  const lists = path.join(sample.folder, 'lists');
  await mkdir(lists);
  await workbench.command('Longtail: Propose a Split…');
  await workbench.quickInput.choose('mnist-lt');
  await workbench.quickInput.type('0.8,0.1,0.1');
  await workbench.quickInput.accept();
  await workbench.quickInput.choose('Nothing: every sample by itself');
  await workbench.answerNotification('The split is only proposed', 'Write Lists…');
  await workbench.quickInput.path(`${lists}/`, 'Write Lists…');
  await workbench.answerNotification('Wrote the lists', 'Use This Split');
  const page = await workbench.webview('Profile: mnist-lt');
  await page.getByText('train / validation / test').waitFor();
  expect((await readdir(lists)).sort()).toEqual([
    'split.json',
    'test.txt',
    'train.txt',
    'validation.txt',
  ]);
  expect(await contentOf(sample.dataset)).toEqual(before);
});

step('the page does not offer training and says why', async () => {
  const page = await workbench.webview('Profile: mnist-lt');
  const train = page.locator('.advice.first vscode-button', { hasText: 'Train' });
  await train.waitFor();
  expect(await train.getAttribute('disabled')).not.toBeNull();
  expect(await train.getAttribute('title')).toContain('trusted workspace');
});

step('the command is refused with a sentence that names the way out', async () => {
  await writeFile(path.join(sample.folder, 'longtail.yaml'), 'version: 1\n');
  await workbench.command('Longtail: Train');
  const toast = await workbench.notification('needs a trusted workspace');
  expect(await toast.innerText()).toContain('Trust this workspace to train');
  expect(existsSync(path.join(sample.folder, '.longtail', 'runs'))).toBe(false);
});

step('the empty list of runs offers to manage trust', async () => {
  await workbench.sidebar.open('Longtail');
  await workbench.sidebar.view('Runs').getByText('Manage Workspace Trust').waitFor();
});
