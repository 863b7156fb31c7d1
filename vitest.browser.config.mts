import { defineConfig } from 'vitest/config';

/** Tests that act as a person in the real workbench: one window at a time, and patient, because
 * they train a model and the machine may be busy. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 600_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
    retry: 0,
  },
});
