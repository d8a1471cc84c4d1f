import { CloudException, type ErrorCode } from '../../protocol/errors.ts'

interface Known {
  readonly names: readonly string[]
  readonly code: ErrorCode
  readonly what: string
  readonly hint: string
}

/** By the name or the code of the SDK's error. */
const known: readonly Known[] = [
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    code: 'not-configured',
    what: 'AWS is not told who you are.',
    hint: 'Sign in (aws sso login), name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    names: [
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
    ],
    code: 'unauthorized',
    what: 'AWS does not take your credentials.',
    hint: 'Sign in anew, or look at AWS_PROFILE and AWS_ACCESS_KEY_ID.',
  },
  {
    names: ['AccessDenied', 'AccessDeniedException'],
    code: 'forbidden',
    what: 'Your AWS identity may not do that.',
    hint: 'It takes what docs/aws.md says of who deploys.',
  },
  {
    names: ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'TimeoutError'],
    code: 'unavailable',
    what: 'AWS can’t be reached.',
    hint: 'Is there such a region, and is this machine online?',
  },
]

/** What the user can do about a failure of the AWS SDK, which says little of that itself. Pure. */
export function awsFailure(cause: unknown): CloudException {
  if (CloudException.isCloudException(cause)) return cause
  const { name, code, message } = cause as NodeJS.ErrnoException
  const found = known.find(({ names }) => names.includes(code ?? '') || names.includes(name))
  if (found !== undefined) return new CloudException(`${found.what} (${message})`, { ...found, cause })
  if (message === 'Region is missing') {
    return new CloudException('AWS is not told which region.', {
      code: 'not-configured',
      hint: 'Say it with --region, AWS_REGION, or the profile of AWS_PROFILE.',
      cause,
    })
  }
  return new CloudException(`AWS failed: ${message}`, { code: 'internal', cause })
}
