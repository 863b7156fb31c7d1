import type { Plugin } from 'esbuild';

export function tfjsPlugin(): Plugin;
