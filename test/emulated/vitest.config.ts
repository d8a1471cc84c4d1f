import { defineConfig } from 'vitest/config'

// Apart from `npm test`: it needs Python and Java, and the emulator from their registries.
export default defineConfig({
  test: {
    include: ['test/emulated/**/*.test.ts'],
    globalSetup: ['test/emulated/emulator/global-setup.ts'],
    setupFiles: ['test/emulated/emulator/setup.ts'],
    pool: 'forks',
    // The emulator is one process, and the machines of CI are small.
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
