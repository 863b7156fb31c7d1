// A dataset of 10,000 classes: how fast its page stands, and that its table works. In the same window
// the clicks from a table of labels in somebody's project to a sampler for PyTorch.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect } from 'vitest';
import { parse } from 'yaml';
import { accessibilityViolations } from './support/axe';
import { contentOf } from './support/sampleWorkspace';
import { steps } from './support/steps';
import { Workbench } from './support/workbench';

const classes = 10_000;
let workbench: Workbench;
let folder: string;

const { step, atEnd } = steps(() => workbench);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'longtail-many-'));
  atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  for (let i = 0; i < classes; i++) {
    const own = path.join(folder, 'many', 'train', `class-${String(i).padStart(5, '0')}`);
    await mkdir(own, { recursive: true });
    const files = Math.max(1, Math.floor(200 / (i + 1)));
    for (let n = 0; n < files; n++) await writeFile(path.join(own, `${String(n)}.png`), '');
  }
  const rows = ['10', '2', 'Ä', 'b', 'B'].flatMap((name, j) =>
    Array.from({ length: 90 >> j }, (_, i) => `photos/${j}-${i}.jpg,${name}`),
  );
  await writeFile(path.join(folder, 'labels.csv'), `file,species\n${rows.join('\n')}\n`);
  await writeFile(path.join(folder, 'train.py'), 'print("training of their own")\n');
  workbench = await Workbench.open({ folder });
  atEnd(() => workbench.close());
});

step('the page of 10,000 classes stands at once', async () => {
  await workbench.explorer.contextMenu('many', 'Analyze Dataset Imbalance');
  const page = await workbench.webview('Profile: many');
  await page.getByText('10,000 classes', { exact: true }).first().waitFor();
  const ms = await page.evaluate(
    () => performance.getEntriesByName('longtail-first-paint')[0]?.duration ?? NaN,
  );
  process.stdout.write(`First paint of 10,000 classes: ${ms.toFixed(0)} ms (aim: 300)\n`);
  // The aim is for a quiet machine; this only finds what is out of all proportion.
  expect(ms).toBeLessThan(3000);
});

step('the card of class sizes is titled by the view it shows', async () => {
  const page = await workbench.webview('Profile: many');
  const title = (name: string) => page.getByRole('heading', { level: 2, name }).waitFor();
  await title('Size of each class, by rank');
  await page.getByRole('tab', { name: 'Lorenz' }).click();
  await title('Lorenz curve of the class sizes');
  await page.getByRole('tab', { name: 'Size by rank' }).click();
  await title('Size of each class, by rank');
});

step('a class is found, selected and its files are listed', async () => {
  const page = await workbench.webview('Profile: many');
  await page.getByRole('textbox', { name: 'Show classes whose name contains' }).fill('09999');
  await page.getByRole('checkbox', { name: 'Select class-09999' }).check();
  await page.getByText('one class selected').waitFor();
  await page.getByRole('button', { name: 'class-09999', exact: true }).click();
  await page.getByText('train/class-09999/0.png').first().waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
});

step('an ignored class is gone from the page until that is undone', async () => {
  const page = await workbench.webview('Profile: many');
  await page.getByRole('button', { name: 'Ignore' }).click();
  await page.getByText('one class ignored').waitFor();
  await page.getByText('of 9,999 classes', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('one class ignored').waitFor({ state: 'detached' });
});

step('four clicks lead from a table of labels to a sampler for PyTorch', async () => {
  // The right button on the table and the entry of its menu, the framework, the folder.
  await workbench.explorer.contextMenu('labels.csv', 'Export Code…');
  await workbench.quickInput.choose('PyTorch');
  await workbench.page.getByRole('button', { name: 'Export Here' }).click();
  await workbench.tab('class_balance.py').waitFor();
  const code = await readFile(path.join(folder, 'longtail-pytorch', 'class_balance.py'), 'utf8');
  expect(code).toContain('"Ä": 22,');
});

step(
  'classes that are merged are one on the page and in the config, and two in the data',
  async () => {
    const before = await contentOf(path.join(folder, 'many'));
    await workbench.tab('Profile: many').click();
    const page = await workbench.webview('Profile: many');
    await page.getByRole('textbox', { name: 'Show classes whose name contains' }).fill('0999');
    const merge = page.getByRole('button', { name: 'Merge Into…' });
    await page.getByRole('checkbox', { name: 'Select class-09998' }).check();
    expect(await merge.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Select class-09999' }).check();
    await merge.click();
    await workbench.quickInput.type('rarest');
    await workbench.quickInput.accept();
    await page.getByText('2 merged into rarest').waitFor();
    await page.getByText('of 9,999 classes', { exact: false }).first().waitFor();
    await page.getByRole('textbox', { name: 'Show classes whose name contains' }).fill('rarest');
    const row = page.locator('.class-card tbody tr', { hasText: 'rarest' });
    expect(await row.locator('td').allInnerTexts()).toContain('2');
    await page.locator('header').getByRole('button', { name: 'Create Config' }).click();
    await workbench.tab('longtail.yaml').waitFor();
    const config: unknown = parse(await readFile(path.join(folder, 'longtail.yaml'), 'utf8'));
    expect(config).toMatchObject({
      dataset: { classes: { merge: { rarest: ['class-09998', 'class-09999'] } } },
    });
    expect(await contentOf(path.join(folder, 'many'))).toEqual(before);
  },
);
