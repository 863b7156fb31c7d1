import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** The box at the top of the window: command palette, quick pick and input box. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  private get box(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Replaces what stands in the box. */
  async type(text: string, timeout = 60_000): Promise<void> {
    await this.box.locator('.quick-input-box input').first().fill(text, { timeout });
  }

  /** Clicks the entry with this label, once it is listed; a label that only contains the text
   * will do where no other is listed. */
  async choose(label: string, timeout = 60_000): Promise<void> {
    const index = await until(
      `"${label}" among the choices`,
      async () => {
        const names = await this.names();
        const exact = names.indexOf(label);
        const found = exact >= 0 ? exact : names.findIndex((name) => name.includes(label));
        return found >= 0 ? found : undefined;
      },
      timeout,
    );
    await this.entries.nth(index).click({ timeout });
  }

  /** Runs a command from the palette. An editor that opens meanwhile takes the focus and closes
   * the palette; as a person would, this opens it again. */
  async command(title: string): Promise<void> {
    await until(`the command "${title}" in the palette`, async () => {
      await this.page.keyboard.press('F1');
      await this.type(`>${title}`, 3_000);
      await this.choose(title, 5_000);
      return true;
    });
  }

  /** Answers the dialog that asks for a file or a folder: its path, a folder's with a slash at the
   * end, and the button to press. While it lists a folder the dialog hears nothing: press again then. */
  async path(path: string, button: string): Promise<void> {
    // Once its folder is listed the dialog writes that into the box.
    await this.entries.first().waitFor();
    await this.type(path);
    await until(`the answer ${path}`, async () => {
      await this.box.locator('.monaco-button', { hasText: button }).click({ timeout: 3000 });
      await this.box.waitFor({ state: 'hidden', timeout: 3000 });
      return true;
    });
  }

  /** Accepts what was typed. */
  async accept(): Promise<void> {
    await this.box.locator('.quick-input-box input').first().press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }

  /** The labels listed, once there is one, as a screen reader hears them. */
  async labels(): Promise<string[]> {
    await this.entries.first().waitFor();
    return this.entries.evaluateAll((rows) =>
      rows.map((row) => row.getAttribute('aria-label') ?? ''),
    );
  }

  private names(): Promise<string[]> {
    return this.entries.evaluateAll((rows) =>
      rows.map((row) => (row.querySelector('.label-name')?.textContent ?? '').trim()),
    );
  }

  private get entries(): Locator {
    return this.box.locator('.quick-input-list .monaco-list-row');
  }
}
