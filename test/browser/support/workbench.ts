import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/workbench/browser.mjs';
import { installWorkbench } from '../../../scripts/workbench/install.mjs';
import { startServer, workbenchUrl } from '../../../scripts/workbench/server.mjs';
import type { WorkbenchServer } from '../../../scripts/workbench/server.mjs';
import { Editor } from './editor';
import { Explorer } from './explorer';
import { QuickInput } from './quickInput';
import { Sidebar } from './sidebar';
import { until } from './until';

/** The root of the checkout, whose extension is loaded. */
export const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Pictures go here; the folder is not kept. */
const pictures = path.join(project, 'test-results', 'pictures');

export interface WorkbenchOptions {
  /** The folder the window opens. */
  readonly folder: string;
  /** The extension to load; ours unless said otherwise. */
  readonly extension?: string;
  /** Leaves workspace trust on: the window asks, and `dismissTrust` answers no. */
  readonly restricted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The four kinds of theme, as the page inside a webview sees them. */
export type ThemeKind =
  'vscode-dark' | 'vscode-light' | 'vscode-high-contrast' | 'vscode-high-contrast-light';

const themes: Record<ThemeKind, { label: string; mark: string }> = {
  'vscode-dark': { label: 'Dark Modern', mark: 'vs-dark' },
  'vscode-light': { label: 'Light Modern', mark: 'vs' },
  'vscode-high-contrast': { label: 'Dark High Contrast', mark: 'hc-black' },
  'vscode-high-contrast-light': { label: 'Light High Contrast', mark: 'hc-light' },
};

/** A window of the real workbench, used as a person would: by looking, clicking and typing. */
export class Workbench {
  readonly editor: Editor;
  readonly explorer: Explorer;
  readonly quickInput: QuickInput;
  readonly sidebar: Sidebar;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: WorkbenchServer,
  ) {
    this.editor = new Editor(page);
    this.explorer = new Explorer(page);
    this.quickInput = new QuickInput(page);
    this.sidebar = new Sidebar(page);
  }

  /** Starts a server and a browser of its own and opens the window. Close it when done. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const { folder, extension = project, ...rest } = options;
    const server = await startServer({ workbench: await installWorkbench(), ...rest });
    try {
      const browser = await launchBrowser();
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      await page.goto(workbenchUrl(server.address, { folder, extension }));
      const workbench = new Workbench(page, browser, server);
      if (options.restricted === true) await workbench.dismissTrust();
      await workbench.explorer.ready();
      return workbench;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** What the server and the extension host wrote last. */
  log(): string {
    return this.server.log();
  }

  /** Runs a command by its full title, "Category: Title", from the palette. */
  command(title: string): Promise<void> {
    return this.quickInput.command(title);
  }

  /** Reloads the window and waits until it stands again; its side bar shows what it showed. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.activitybar .action-item').first().waitFor();
    await this.page.locator('.sidebar .title-label').first().waitFor();
  }

  async setTheme(kind: ThemeKind): Promise<void> {
    const { label, mark } = themes[kind];
    await this.command('Preferences: Color Theme');
    await this.quickInput.type(label);
    await this.quickInput.choose(label);
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  /** The inner frame of the webview whose tab title matches, once its page is loaded. The frame is
   * a new one after a reload or when its tab was hidden: ask again then. */
  webview(title: string | RegExp): Promise<Frame> {
    return until(`the webview ${String(title)}`, async () => {
      for (const outer of await this.page.locator('iframe.webview.ready').elementHandles()) {
        if (!(await outer.isVisible())) continue;
        const active = await (await outer.contentFrame())?.$('#active-frame');
        const shown = await active?.getAttribute('title');
        const inner = await active?.contentFrame();
        if (!inner || typeof shown !== 'string') continue;
        const matches = typeof title === 'string' ? shown.includes(title) : title.test(shown);
        if (matches && (await inner.locator('body').count()) === 1) return inner;
      }
      return undefined;
    });
  }

  /** An editor tab by a part of its title. */
  tab(title: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: title });
  }

  /** Closes the tab with this part in its title. */
  async closeTab(title: string): Promise<void> {
    await this.tab(title).first().click({ button: 'middle' });
    await this.tab(title).first().waitFor({ state: 'detached' });
  }

  async closeAllEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    await until('no open editor', async () =>
      (await this.page.locator('.tabs-container .tab').count()) === 0 ? true : undefined,
    );
  }

  /** A notification that contains the text, once it shows. */
  async notification(text: string | RegExp, timeout = 60_000): Promise<Locator> {
    const toast = this.page
      .locator('.notifications-toasts .notification-toast')
      .filter({ hasText: text });
    await toast.first().waitFor({ timeout });
    return toast.first();
  }

  /** Presses a button of a notification that contains the text. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.notification(text);
    await toast.locator('.monaco-button', { hasText: button }).click();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** A modal dialog's text, then the named button is pressed. */
  async answerDialog(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = await dialog.innerText();
    await dialog.locator('.monaco-button', { hasText: button }).first().click();
    await dialog.waitFor({ state: 'detached' });
    return text;
  }

  private async dismissTrust(): Promise<void> {
    await this.answerDialog("No, I don't trust");
  }

  /** A picture of the window in test-results; answers its path. */
  async picture(name: string): Promise<string> {
    await mkdir(pictures, { recursive: true });
    const file = path.join(pictures, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}
