import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { secretsClient } from './clients.ts'
import { firstKey } from './environment.ts'

/** The secret of the first key, which the stack made. */
export async function readFirstSecret(SecretId: string): Promise<string> {
  const { SecretString = '{}' } = await secretsClient().send(new GetSecretValueCommand({ SecretId }))
  const secret: unknown = JSON.parse(SecretString)[firstKey.secretMember]
  if (typeof secret !== 'string' || secret === '') throw new Error(`The secret ${SecretId} holds no key.`)
  return secret
}
