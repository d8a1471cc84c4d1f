import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They have scripts of their own, for what they need besides Node.
    exclude: [...configDefaults.exclude, 'test/package/**', 'test/emulated/**'],
    pool: 'forks',
    // Vite's module runner rewrites captured imports to `__vite_ssr_import_1__`: closure tests would judge its text, not the user's.
    experimental: { viteModuleRunner: false },
    // What is bundled for the next process is nothing of the user's.
    env: { XDG_CACHE_HOME: join(tmpdir(), 'picloud-test-cache') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      exclude: ['lib/**/*.d.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
})
