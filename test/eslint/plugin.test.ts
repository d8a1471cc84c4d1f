import { ESLint } from 'eslint'
import { expect, test } from 'vitest'
import picloud from '../../lib/eslint/index.ts'

test('the recommended configuration turns the rule on', async () => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [picloud.configs.recommended],
  })
  const [result] = await eslint.lintText(
    `import cloud from 'picloud'
     const cache = new WeakMap()
     await cloud.call(key => cache.get(key), 'a').result()`,
    { filePath: 'program.js' },
  )
  expect(result?.messages).toEqual([
    expect.objectContaining({
      ruleId: 'picloud/can-travel',
      severity: 2,
      line: 3,
      message:
        '(anonymous) → cache: a WeakMap can’t be sent, as its entries can’t be listed. Use a Map, or make it where it is used.',
    }),
  ])
})
