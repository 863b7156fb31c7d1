import { defineConfig } from 'vitest/config';

// A process a file: a backend serves a whole process, and a native fault must not take others down.
// Two files at a time: most of what they do is one thread long, and more would crowd the memory.
export default defineConfig({
  test: {
    include: ['test/trainer/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Enough on a busy machine as well.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
