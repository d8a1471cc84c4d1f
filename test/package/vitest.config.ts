import { defineConfig } from 'vitest/config'

// Apart from `npm test`: it packs, so it needs a build, and installs the package's dependencies from npm's registry.
export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    pool: 'forks',
    experimental: { viteModuleRunner: false },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
