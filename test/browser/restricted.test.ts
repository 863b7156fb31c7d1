// Restricted Mode: reading labels is safe and works, training is refused until the folder is trusted.
import { beforeAll, expect } from 'vitest';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleWorkspace, type SampleWorkspace } from './support/sampleWorkspace';
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
