import type { Template } from '../say';

export const exporters: Readonly<Record<string, Template>> = {};
