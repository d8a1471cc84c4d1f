import { expect, test } from 'vitest'
import { main } from '../../lib/cli/main.ts'

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const printed = { out: '', error: '' }
  const code = await main(args, {
    out: text => {
      printed.out += text
    },
    error: text => {
      printed.error += text
    },
  })
  return { code, ...printed }
}

test('--help prints the usage', async () => {
  const { code, out } = await run('--help')
  expect(code).toBe(0)
  expect(out).toContain('picloud setup [--stack NAME]')
})

test.each([[[]], [['nothing']], [['setup', 'more']], [['setup', '--what']], [['setup', '--stack']]])(
  '%j is not understood',
  async args => {
    const { code, out, error } = await run(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(error).toContain('Usage:')
  },
)
