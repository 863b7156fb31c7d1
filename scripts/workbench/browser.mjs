// Finds a browser and starts it without a window.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const installed = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .map((folder) => path.join(folder, 'Google/Chrome/Application/chrome.exe')),
};

/**
 * Where the browser is: `LONGTAIL_BROWSER`, else the system's Chromium or Chrome, else the one
 * inside the npm package @sparticuz/chromium (Linux x64 only).
 * @returns {Promise<{ path: string, origin: string }>}
 */
export async function findBrowser() {
  const named = process.env.LONGTAIL_BROWSER;
  if (named) return { path: named, origin: 'LONGTAIL_BROWSER' };
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    ...(installed[process.platform] ?? []),
    ...commands.flatMap((name) => folders.map((folder) => path.join(folder, name))),
  ];
  const system = candidates.find(isExecutable);
  if (system) return { path: system, origin: 'installed on this machine' };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium or Chrome was found. Install one, or name it in LONGTAIL_BROWSER.',
    );
  }
  const { default: bundled } = await import('@sparticuz/chromium');
  return { path: await bundled.executablePath(), origin: '@sparticuz/chromium' };
}

/** Starts the browser without a window, with a fresh profile. */
export async function launchBrowser() {
  const { path: executablePath } = await findBrowser();
  return chromium.launch({ executablePath, headless: true, args: flags });
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
