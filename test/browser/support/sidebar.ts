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

  /** A row of a view that contains the text. */
  row(heading: string, text: string | RegExp): Locator {
    return this.view(heading).locator('.monaco-list-row').filter({ hasText: text }).first();
  }
}
