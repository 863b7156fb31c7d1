import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** The side bar: a container opened from the activity bar, with its views. */
export class Sidebar {
  constructor(private readonly page: Page) {}

  /** Opens a container by the name its icon carries. */
  async open(container: string): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`.action-label[aria-label^="${container}"]`),
    });
    await icon.first().waitFor();
    const title = this.page.locator('.sidebar .title-label', { hasText: container }).first();
    // While a window restores itself a click may close what is about to open: click again then.
    await until(`the side bar “${container}”`, async () => {
      if (await title.isVisible()) return true;
      await icon.first().click();
      await title.waitFor({ timeout: 3000 });
      return true;
    });
  }

  /** One view of the open container, by its heading. */
  view(heading: string): Locator {
    return this.page.locator('.sidebar .pane', {
      has: this.page.locator('.pane-header .title', { hasText: heading }),
    });
  }

  /** The rows of a view as a screen reader hears them. */
  async rows(heading: string): Promise<string[]> {
    return this.view(heading)
      .locator('.monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? row.textContent));
  }

  /** Right-clicks a row and takes an entry of its menu. A menu that has only just opened hears no
   * click: the entry is clicked again then. */
  async contextMenu(heading: string, text: string | RegExp, entry: string): Promise<void> {
    const label = this.page.locator(`.monaco-menu .action-label[aria-label="${entry}"]`);
    await until(`"${entry}" in the menu of ${String(text)}`, async () => {
      if (!(await label.isVisible()))
        await this.row(heading, text).click({ button: 'right', timeout: 3000 });
      await label.hover({ timeout: 3000 });
      await label.click({ timeout: 3000 });
      await label.waitFor({ state: 'detached', timeout: 1000 });
      return true;
    });
  }

  /** Presses the button that a row shows under the mouse. */
  async action(heading: string, text: string | RegExp, title: string): Promise<void> {
    const row = this.row(heading, text);
    await row.hover();
    await row.locator(`.action-label[aria-label^="${title}"]`).click();
  }

  /** A row of a view that contains the text. */
  row(heading: string, text: string | RegExp): Locator {
    return this.view(heading).locator('.monaco-list-row').filter({ hasText: text }).first();
  }
}
