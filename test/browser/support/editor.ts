import type { Locator, Page } from 'playwright-core';

/** The text editor in front. */
export class Editor {
  constructor(private readonly page: Page) {}

  /** Waits until a line contains the text. */
  async shows(text: string): Promise<void> {
    await this.line(text).waitFor();
  }

  /** Types over the first line that contains the text, its indentation kept, and saves. */
  async retypeLine(text: string, replacement: string): Promise<void> {
    await this.line(text).click();
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(replacement);
    await this.line(replacement).waitFor();
    await this.save();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tabs-container .tab.active:not(.dirty)').first().waitFor();
  }

  /** Clicks a CodeLens. */
  async lens(title: string): Promise<void> {
    await this.page.locator('.codelens-decoration a', { hasText: title }).first().click();
  }

  /** The messages under squiggles, as the problems view lists them. */
  problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  private line(text: string): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }
}
