import { expect, test } from 'vitest'
import { cdkArguments } from '../../lib/cli/cdk.ts'

test('deploy names the stack, and hands on what it is told', () => {
  expect(cdkArguments('deploy', 'node app.js', { stack: 'Mine', more: ['--profile', 'work'] })).toEqual([
    'deploy',
    '--app',
    'node app.js',
    '-c',
    'stack=Mine',
    '--profile',
    'work',
  ])
})

test('options go by context; destroy does not ask', () => {
  const options = '{"endpoint":"function-url"}'
  expect(cdkArguments('destroy', 'node app.js', { stack: 'Mine', options, more: [] })).toEqual([
    'destroy',
    '--app',
    'node app.js',
    '-c',
    'stack=Mine',
    '-c',
    `picloud=${options}`,
    '--force',
  ])
})
