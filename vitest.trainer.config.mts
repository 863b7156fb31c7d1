import { defineConfig } from 'vitest/config';

// A process a file: a backend serves a whole process, and a native fault must not take others down.
export default defineConfig({
  test: {
    include: ['test/trainer/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
