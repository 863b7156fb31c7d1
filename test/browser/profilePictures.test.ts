// The pictures of docs/profile.md: four datasets in three themes, each page looked at by axe as well.
// Only with LONGTAIL_SCREENSHOTS=1; the pages themselves are tested by the other files.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { makePictureDatasets } from '../../scripts/pictureDatasets.mjs';
import { accessibilityViolations } from './support/axe';
import { smallPng } from './support/smallPng';
import { steps } from './support/steps';
import { Workbench, project, type ThemeKind } from './support/workbench';

const datasets = [
  { name: 'fruits', ready: 'Balanced.' },
  { name: 'mnist-lt', ready: '500 times' },
  { name: 'things', ready: 'Extreme long tail.' },
  { name: 'species', ready: 'Extreme long tail.' },
];
const themes: readonly (readonly [ThemeKind, string])[] = [
  ['vscode-light', 'light'],
  ['vscode-high-contrast', 'high-contrast'],
  ['vscode-dark', 'dark'],
];
/** Size of the page, without the editor around it. */
const wanted = { width: 1280, height: 800 };

describe.runIf(process.env['LONGTAIL_SCREENSHOTS'] === '1')('pictures of the profile page', () => {
  let workbench: Workbench;
  const { step, atEnd } = steps(() => workbench);

  const pageBox = async () => {
    const box = await workbench.page.locator('iframe.webview.ready:visible').boundingBox();
    if (box === null) throw new Error('no page is shown');
    return box;
  };

  const publish = async (name: string): Promise<void> => {
    // The pointer rests where it changes nothing.
    await workbench.page.mouse.move(2, 2);
    const bytes = await workbench.page.screenshot({ clip: await pageBox() });
    const folder = path.join(project, 'docs', 'images', 'profile');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `${name}.png`), smallPng(bytes));
  };

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'longtail-pictures-'));
    atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
    makePictureDatasets(folder);
    await cp(path.join(project, 'sample', 'mnist-lt'), path.join(folder, 'mnist-lt'), {
      recursive: true,
    });
    workbench = await Workbench.open({ folder });
    atEnd(() => workbench.close());
  });

  step('four datasets are analysed', async () => {
    for (const { name, ready } of datasets) {
      await workbench.explorer.contextMenu(name, 'Analyze Dataset Imbalance');
      const page = await workbench.webview(`Profile: ${name}`);
      await page.getByText(ready).first().waitFor();
    }
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    const box = await pageBox();
    const view = workbench.page.viewportSize() ?? wanted;
    await workbench.page.setViewportSize({
      width: Math.round(view.width + wanted.width - box.width),
      height: Math.round(view.height + wanted.height - box.height),
    });
  });

  for (const [kind, theme] of themes)
    step(`their pages are accessible in the ${theme} theme, and published`, async () => {
      await workbench.setTheme(kind);
      for (const { name, ready } of datasets) {
        await workbench.tab(`Profile: ${name}`).click();
        const page = await workbench.webview(`Profile: ${name}`);
        await page.locator(`body.${kind}`).waitFor();
        await page.getByText(ready).first().waitFor();
        // The page keeps its tabs from one theme to the next.
        await page.getByRole('tab', { name: 'Size by rank' }).click();
        await publish(`${name}-${theme}`);
        if (name === 'things') {
          await page.getByRole('tab', { name: 'Rare with frequent' }).click();
          await page.locator('[data-item]').first().waitFor();
        }
        expect(await accessibilityViolations(page), `${name}, ${theme}`).toEqual([]);
        if (name === 'things' && theme === 'dark') await publish('things-together-dark');
      }
    });
});
