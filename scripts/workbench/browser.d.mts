import type { Browser } from 'playwright-core';

export function findBrowser(): Promise<{ readonly path: string; readonly origin: string }>;
export function launchBrowser(): Promise<Browser>;
