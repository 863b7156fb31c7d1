import type { Locator, Page } from 'playwright-core';

/** The side bar: a container opened from the activity bar, with its views. */
export class Sidebar {
  constructor(private readonly page: Page) {}

  /** Opens a container by the name its icon carries. */
  async open(container: string): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item', {
      has: this.page.locator(`.action-label[aria-label^="${container}"]`),
    });
    await icon.first().waitFor();
    if (!/\bchecked\b/.test((await icon.first().getAttribute('class')) ?? ''))
      await icon.first().click();
    const title = this.page.locator('.sidebar .title-label', { hasText: container });
    await title.first().waitFor();
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
