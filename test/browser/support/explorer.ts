import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** The explorer's file tree and its context menu. */
export class Explorer {
  constructor(private readonly page: Page) {}

  private get tree(): Locator {
    return this.page.locator('.explorer-folders-view');
  }

  /** Waits until the tree shows the folder's content. */
  async ready(): Promise<void> {
    await this.tree.locator('.monaco-list-row').first().waitFor();
  }

  /** Shows the explorer, whatever the side bar showed before. */
  async show(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+E');
    await this.ready();
  }

  /** The row of a file or folder that is visible in the tree now. */
  item(name: string): Locator {
    return this.tree.locator('.monaco-list-row', {
      has: this.page.locator('.label-name', { hasText: new RegExp(`^${escapeExpression(name)}$`) }),
    });
  }

  /** Opens folders one after another; the last name may be a file, which is opened too. */
  async open(...names: string[]): Promise<void> {
    for (const name of names) {
      const row = this.item(name).first();
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
    }
  }

  /** Right-clicks an item and answers the entries of its menu. */
  async menuOf(name: string): Promise<string[]> {
    await this.item(name).first().click({ button: 'right' });
    const entries = this.page.locator(
      '.monaco-menu .action-item:not(.disabled) .action-label[aria-label]',
    );
    await entries.first().waitFor();
    return entries.evaluateAll((labels) =>
      labels.map((label) => label.getAttribute('aria-label') ?? ''),
    );
  }

  /** Right-clicks an item and takes an entry of its menu. The tree shows before the editor knows
   * what extensions add, so the menu is opened again until the entry is there. */
  async contextMenu(name: string, entry: string): Promise<void> {
    await until(`"${entry}" in the menu of ${name}`, async () => {
      const entries = await this.menuOf(name);
      if (entries.includes(entry)) return true;
      await this.page.keyboard.press('Escape');
      throw new Error(`The menu of ${name} has only: ${entries.join(', ')}`);
    });
    const label = this.page.locator(`.monaco-menu .action-label[aria-label="${entry}"]`);
    // A menu that has only just opened hears no click.
    await until(`"${entry}" chosen`, async () => {
      await label.hover({ timeout: 3000 });
      await label.click({ timeout: 3000 });
      await label.waitFor({ state: 'detached', timeout: 1000 });
      return true;
    });
  }
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
