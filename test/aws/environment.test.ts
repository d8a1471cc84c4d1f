import { expect, test } from 'vitest'
import { environmentFor, functionNames, readEnvironment, settingsOf, variables } from '../../lib/aws/environment.ts'

/** A value for every setting that names it. */
const all = Object.fromEntries(Object.keys(variables).map(setting => [setting, `the ${setting}`])) as never

test.each(functionNames)('%s reads what the stack writes', name => {
  const read = readEnvironment(name, environmentFor(name, all))
  expect(read).toEqual(Object.fromEntries(settingsOf[name].map(setting => [setting, `the ${setting}`])))
})

test.each(functionNames)('%s is written no variable but its own', name => {
  const written = Object.keys(environmentFor(name, all))
  expect(written.sort()).toEqual(settingsOf[name].map(setting => variables[setting]).sort())
})

test.each(functionNames)('%s says which variable is missing or empty', name => {
  const whole = environmentFor(name, all)
  for (const setting of settingsOf[name]) {
    const variable = variables[setting]
    const refusal = expect.objectContaining({
      code: 'not-configured',
      message: expect.stringMatching(new RegExp(`${name}.*${variable}\\b`)),
    })
    expect(() => readEnvironment(name, { ...whole, [variable]: undefined })).toThrow(refusal)
    expect(() => readEnvironment(name, { ...whole, [variable]: '' })).toThrow(refusal)
  }
})

test('no two settings share a variable', () => {
  const names = Object.values(variables)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter(name => !/^PICLOUD_[A-Z_]+$/.test(name))).toEqual([])
})
