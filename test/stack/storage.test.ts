import { expect, test } from 'vitest'
import { synthesise } from './synthesise.ts'

const { of, one } = synthesise()

/** Whether a resource policy denies everything to whoever comes without TLS. */
function deniesPlainText(document: { readonly Statement: readonly Record<string, unknown>[] }): boolean {
  return document.Statement.some(
    ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition).includes('"aws:SecureTransport":"false"'),
  )
}

test('buckets are private and encrypted, and clean up after broken uploads', () => {
  const buckets = Object.values(of('AWS::S3::Bucket'))
  expect(buckets).toHaveLength(2)
  for (const { Properties } of buckets) {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256')
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
    ])
  }
})

test('buckets and queues take TLS only', () => {
  const policies = [...Object.values(of('AWS::S3::BucketPolicy')), ...Object.values(of('AWS::SQS::QueuePolicy'))]
  expect(policies).toHaveLength(8)
  for (const { Properties } of policies) expect(deniesPlainText(Properties.PolicyDocument)).toBe(true)
})

test('tables are billed on demand, have no index, and can be restored', () => {
  const tables = Object.values(of('AWS::DynamoDB::GlobalTable'))
  expect(tables).toHaveLength(2)
  for (const { Properties } of tables) {
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST')
    expect(Properties.GlobalSecondaryIndexes).toBeUndefined()
    expect(Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ])
    const [replica] = Properties.Replicas
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true })
  }
})

test('only the jobs table has a stream', () => {
  expect(one('AWS::DynamoDB::GlobalTable', 'PiCloudStorageJobs').Properties.StreamSpecification).toEqual({
    StreamViewType: 'NEW_IMAGE',
  })
  expect(one('AWS::DynamoDB::GlobalTable', 'PiCloudStorageKeys').Properties.StreamSpecification).toBeUndefined()
})

test.each(['Jobs', 'JobsHighCpu', 'Control'])(
  'the %s queue is encrypted, keeps its messages and has a queue of dead letters',
  name => {
    const queue = one('AWS::SQS::Queue', `PiCloud${name}QueueMain`).Properties
    const dead = one('AWS::SQS::Queue', `PiCloud${name}QueueDeadLetters`).Properties
    for (const { SqsManagedSseEnabled, MessageRetentionPeriod } of [queue, dead]) {
      expect(SqsManagedSseEnabled).toBe(true)
      expect(MessageRetentionPeriod).toBe(14 * 24 * 3600)
    }
    expect(queue.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(100)
    expect(queue.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]).toMatch(
      new RegExp(`^PiCloud${name}QueueDeadLetters`),
    )
    expect(dead.RedrivePolicy).toBeUndefined()
  },
)

test('the first key is made by the secret store, with 40 letters and digits', () => {
  expect(one('AWS::SecretsManager::Secret', 'PiCloudFirstKey').Properties.GenerateSecretString).toEqual({
    ExcludePunctuation: true,
    GenerateStringKey: 'secret',
    PasswordLength: 40,
    SecretStringTemplate: '{"id":1}',
  })
})
