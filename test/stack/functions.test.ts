import { expect, test } from 'vitest'
import { functionNames, settingsOf, variables } from '../../lib/aws/environment.ts'
import { type Resource, type Synthesised, synthesise } from './synthesise.ts'

const standard = synthesise()
const named = ({ one }: Synthesised, name: string): Resource =>
  one('AWS::Lambda::Function', `PiCloud${name.slice(0, 1).toUpperCase()}${name.slice(1)}Handler`)
const mappingOf = ({ one }: Synthesised, start: string) => one('AWS::Lambda::EventSourceMapping', start).Properties

test.each(functionNames)('%s runs on Node 24 and Arm, and logs warnings for 30 days', name => {
  const { Properties } = named(standard, name)
  expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' })
  expect(Properties.LoggingConfig).toMatchObject({
    LogFormat: 'JSON',
    SystemLogLevel: 'WARN',
    ApplicationLogLevel: 'WARN',
    LogGroup: { Ref: expect.stringMatching(new RegExp(`^PiCloud${name}Logs`, 'i')) },
  })
  expect(Properties.ReservedConcurrentExecutions).toBeUndefined()
})

test('every log group forgets', () => {
  const groups = Object.values(standard.of('AWS::Logs::LogGroup'))
  expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual(groups.map(() => 30))
  const others = Object.values(synthesise({ logDays: 7 }).of('AWS::Logs::LogGroup'))
  expect(others.map(({ Properties }) => Properties.RetentionInDays)).toEqual(others.map(() => 7))
})

test.each(functionNames)('%s is told what it needs, and no more', name => {
  const told = Object.keys(named(standard, name).Properties.Environment.Variables)
  expect(told.sort()).toEqual(settingsOf[name].map(setting => variables[setting]).sort())
})

test('recursion is allowed where a function sends to the queue that calls it, and nowhere else', () => {
  const loops = functionNames.filter(name => named(standard, name).Properties.RecursiveLoop === 'Allow')
  expect(loops).toEqual(['executor', 'control'])
})

test('the jobs queue hides a message for longer than the executor may run', () => {
  for (const timeout of [undefined, 60]) {
    const made = synthesise(timeout === undefined ? {} : { executor: { timeout } })
    const { Timeout } = named(made, 'executor').Properties
    expect(Timeout).toBe(timeout ?? 900)
    expect(made.one('AWS::SQS::Queue', 'PiCloudJobsQueueMain').Properties.VisibilityTimeout).toBeGreaterThan(Timeout)
  }
})

test('the API answers before the HTTP API gives it up', () => {
  expect(named(standard, 'api').Properties.Timeout).toBeLessThanOrEqual(30)
})

test.each([
  ['PiCloudExecutorJobs', 'PiCloudJobsQueueMain', 900],
  ['PiCloudControlGates', 'PiCloudControlQueueMain', 20],
])('%s takes partial failures and is bounded', (mapping, queue, concurrency) => {
  const properties = mappingOf(standard, mapping)
  expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
  expect(properties.ScalingConfig).toEqual({ MaximumConcurrency: concurrency })
  expect(properties.EventSourceArn['Fn::GetAtt'][0]).toMatch(new RegExp(`^${queue}`))
  expect(properties.BatchSize).toBeLessThanOrEqual(10)
})

test('no mapping is on a queue of dead letters', () => {
  const sources = Object.values(standard.of('AWS::Lambda::EventSourceMapping')).map(({ Properties }) =>
    JSON.stringify(Properties.EventSourceArn),
  )
  expect(sources).toHaveLength(3)
  expect(sources.filter(source => source.includes('DeadLetters'))).toEqual([])
})

test('the stream gives up a bad record after a while, keeps it in a bucket, and passes on only what is told', () => {
  const stream = mappingOf(standard, 'PiCloudReleaseStream')
  expect(stream).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 12 * 3600,
    ParallelizationFactor: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  })
  expect(stream.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]).toMatch(/^PiCloudStorageResults/)
  const [{ Pattern }] = stream.FilterCriteria.Filters
  expect(JSON.parse(Pattern)).toEqual({ dynamodb: { NewImage: { tell: { S: ['run', 'gate', 'kill'] } } } })
})

test('what schedules call is not called again for long', () => {
  const configs = Object.values(standard.of('AWS::Lambda::EventInvokeConfig')).map(({ Properties }) => Properties)
  expect(configs).toHaveLength(2)
  for (const config of configs) {
    expect(config).toMatchObject({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 1 })
  }
  const sweep = standard.one('AWS::Scheduler::Schedule', 'PiCloudSchedulesSweep').Properties
  expect(sweep.ScheduleExpression).toBe('rate(5 minutes)')
  expect(sweep.Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 })
})

test('the executor is as large as asked', () => {
  const made = synthesise({
    executor: {
      memory: 10_240,
      timeout: 300,
      storage: 512,
      architecture: 'x86_64',
      batchSize: 10,
      reservedConcurrency: 5,
      scaling: { maxConcurrency: 2 },
    },
    apiMemory: 128,
  })
  expect(named(made, 'executor').Properties).toMatchObject({
    MemorySize: 10_240,
    Timeout: 300,
    EphemeralStorage: { Size: 512 },
    Architectures: ['x86_64'],
    ReservedConcurrentExecutions: 5,
  })
  expect(mappingOf(made, 'PiCloudExecutorJobs')).toMatchObject({
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 2 },
  })
  expect(named(made, 'api').Properties.MemorySize).toBe(128)
})

test('provisioned pollers take the place of the bound on concurrency', () => {
  const made = synthesise({ executor: { scaling: { provisionedPollers: { min: 2, max: 2_000 } } } })
  const mapping = mappingOf(made, 'PiCloudExecutorJobs')
  expect(mapping.ProvisionedPollerConfig).toEqual({ MinimumPollers: 2, MaximumPollers: 2_000 })
  expect(mapping.ScalingConfig).toBeUndefined()
})
