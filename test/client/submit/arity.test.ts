import { describe, expect, test } from 'vitest'
import { checkArity } from '../../../lib/client/submit/arity.ts'

const script = { url: 'file:///a.js' }
const typed = { url: 'file:///a.ts' }
const infinite = Number.POSITIVE_INFINITY

describe('checkArity', () => {
  test.each([
    [{ min: 2, max: 2 }, script, 1, 'f takes 2 arguments, and was given 1.'],
    [{ min: 1, max: 1 }, script, 0, 'f takes 1 argument, and was given 0.'],
    [{ min: 0, max: 0 }, script, 1, 'f takes 0 arguments, and was given 1.'],
    [{ min: 1, max: 3 }, script, 4, 'f takes 1 to 3 arguments, and was given 4.'],
    [{ min: 2, max: infinite }, script, 1, 'f takes at least 2 arguments, and was given 1.'],
    [{ min: 2, max: 2 }, typed, 3, 'f takes at most 2 arguments, and was given 3.'],
  ])('%j in %j with %d arguments', (arity, place, given, message) => {
    expect(() => checkArity({ name: 'f', arity, place }, given)).toThrow(message)
    expect(() => checkArity({ name: 'f', arity, place }, given)).toThrow(TypeError)
  })

  test.each([
    [{ min: 1, max: 3 }, script, 1],
    [{ min: 1, max: 3 }, script, 3],
    [{ min: 0, max: infinite }, script, 9],
    // An optional parameter of TypeScript's leaves no trace: fewer pass.
    [{ min: 2, max: 2 }, typed, 1],
    [{ min: 2, max: 2 }, undefined, 0],
  ])('%j in %j takes %d', (arity, place, given) => {
    expect(() => checkArity({ name: 'f', arity, place }, given)).not.toThrow()
  })
})
