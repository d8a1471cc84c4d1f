import { expect, test } from 'vitest'
import { awsFailure } from '../../../lib/cli/deploy/aws-failure.ts'
import { CloudException } from '../../../lib/protocol/errors.ts'

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name })

test.each([
  [named('Error', 'Region is missing'), 'not-configured', 'AWS_REGION'],
  [named('CredentialsProviderError'), 'not-configured', 'AWS_PROFILE'],
  [named('ExpiredToken'), 'unauthorized', 'Sign in anew'],
  [named('AccessDenied', 'User u is not authorized to perform x'), 'forbidden', 'User u is not authorized'],
  [Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' }), 'unavailable', 'such a region'],
  [named('Throttling', 'Rate exceeded'), 'internal', 'Rate exceeded'],
])('%o is %s', (error, code, said) => {
  expect(awsFailure(error)).toMatchObject({ code, message: expect.stringContaining(said), cause: error })
})

test('what is ours already stays as it is', () => {
  const ours = new CloudException('There is no stack X.', { code: 'not-found' })
  expect(awsFailure(ours)).toBe(ours)
})
