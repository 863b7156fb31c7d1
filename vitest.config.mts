import { defineConfig } from 'vitest/config';

/**
 * On every core (by itself vitest leaves one free, which is half of a small machine), and with one
 * process a core for all files: no test changes what others see, as runs in shuffled order show
 * (`npx vitest run test/unit --sequence.shuffle`).
 */
export default defineConfig({
  test: {
    include: ['test/{unit,golden,exporters}/**/*.test.ts'],
    maxWorkers: '100%',
    isolate: false,
    setupFiles: ['test/support/ownSeed.ts'],
    // Seconds in themselves, but not on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
