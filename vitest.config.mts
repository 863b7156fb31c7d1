import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,golden,exporters}/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
