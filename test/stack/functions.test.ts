import { describe, expect, test } from 'vitest'
import { functionNames, settingsOf, variables } from '../../lib/aws/environment.ts'
import type { PiCloudProps } from '../../lib/stack/index.ts'
import { type Resource, type Synthesised, synthesise } from './synthesise.ts'

const standard = synthesise()
const named = ({ one }: Synthesised, name: string): Resource =>
  one('AWS::Lambda::Function', `PiCloud${name.slice(0, 1).toUpperCase()}${name.slice(1)}Handler`)
/** With the executors of both classes. */
const handlers = Object.keys(standard.of('AWS::Lambda::Function'))
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
  const loops = handlers.filter(id => standard.one('AWS::Lambda::Function', id).Properties.RecursiveLoop === 'Allow')
  const names = loops.map(id => /^PiCloud(\w+)Handler/.exec(id)?.[1])
  expect(names.sort()).toEqual(['Control', 'Executor', 'HighCpuExecutor'])
})

test.each<[PiCloudProps, number, number]>([
  [{}, 900, 900],
  [{ executor: { timeout: 60 } }, 60, 60],
  [{ executor: { timeout: 60 }, highCpuExecutor: { timeout: 120 } }, 60, 120],
])('with %j a queue hides a message for longer than its executor may run', (props, ordinary, highCpu) => {
  const made = synthesise(props)
  for (const [name, queue, timeout] of [
    ['executor', 'JobsQueue', ordinary],
    ['highCpuExecutor', 'JobsHighCpuQueue', highCpu],
  ] as const) {
    const { Timeout } = named(made, name).Properties
    expect(Timeout).toBe(timeout)
    expect(made.one('AWS::SQS::Queue', `PiCloud${queue}Main`).Properties.VisibilityTimeout).toBeGreaterThan(Timeout)
  }
})

test('the API answers before the HTTP API gives it up', () => {
  expect(named(standard, 'api').Properties.Timeout).toBeLessThanOrEqual(30)
})

test.each([
  ['PiCloudExecutorJobs', 'PiCloudJobsQueueMain', 700],
  ['PiCloudHighCpuExecutorJobs', 'PiCloudJobsHighCpuQueueMain', 80],
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
  expect(sources).toHaveLength(4)
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
  const all = Object.entries(standard.of('AWS::Lambda::EventInvokeConfig'))
  const configs = all.filter(([id]) => id.startsWith('PiCloudSchedules')).map(([, { Properties }]) => Properties)
  expect(configs).toHaveLength(2)
  for (const config of configs) {
    expect(config).toMatchObject({ MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 1 })
  }
  const sweep = standard.one('AWS::Scheduler::Schedule', 'PiCloudSchedulesSweep').Properties
  expect(sweep.ScheduleExpression).toBe('rate(5 minutes)')
  expect(sweep.Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 })
})

test('executors that are called directly are not called again, nor later', () => {
  for (const name of ['Executor', 'HighCpuExecutor']) {
    const config = standard.one('AWS::Lambda::EventInvokeConfig', `PiCloud${name}HandlerPulls`).Properties
    expect(config).toMatchObject({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 })
  }
})

test.each<[PiCloudProps, string, string]>([
  [{}, '100', '20'],
  [{ executor: { burst: 7 }, highCpuExecutor: { burst: 0 } }, '7', '0'],
  [{ executor: { scaling: { maxConcurrency: 5 } } }, '0', '20'],
  [{ highCpuExecutor: { scaling: { provisionedPollers: { min: 2, max: 2 } }, burst: 500 } }, '100', '500'],
])('with %j %s ordinary ones are called a minute, and %s for highCpu jobs', (props, burst, highCpuBurst) => {
  const told = named(synthesise(props), 'control').Properties.Environment.Variables
  expect(told).toMatchObject({ [variables.burst]: burst, [variables.highCpuBurst]: highCpuBurst })
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

describe('the executor for highCpu jobs', () => {
  const highCpu = (props?: PiCloudProps) => named(synthesise(props), 'highCpuExecutor').Properties

  test('is the same program with more memory, and is told of which class it is', () => {
    const ordinary = named(standard, 'executor').Properties
    const { MemorySize, Code, Environment, EphemeralStorage, ...rest } = highCpu()
    expect(MemorySize).toBe(3_008)
    expect(ordinary.MemorySize).toBe(1_769)
    expect(Code).toEqual(ordinary.Code)
    expect(EphemeralStorage).toEqual(ordinary.EphemeralStorage)
    expect(rest).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] })
    expect(Environment.Variables).toEqual({
      ...ordinary.Environment.Variables,
      [variables.executorClass]: 'highCpu',
    })
    expect(ordinary.Environment.Variables[variables.executorClass]).toBe('ordinary')
  })

  test('has what it is given, and else what the others have', () => {
    const executor = { memory: 4_096, storage: 2_048, architecture: 'x86_64' } as const
    const shared = { EphemeralStorage: { Size: 2_048 }, Architectures: ['x86_64'] }
    expect(highCpu({ executor })).toMatchObject({ ...shared, MemorySize: 4_096 })
    const highCpuExecutor = { memory: 10_240, storage: 10_240, reservedConcurrency: 7 }
    expect(highCpu({ executor, highCpuExecutor })).toMatchObject({
      ...shared,
      MemorySize: 10_240,
      EphemeralStorage: { Size: 10_240 },
      ReservedConcurrentExecutions: 7,
    })
  })

  test('takes one message at a time unless told otherwise, whatever the others take', () => {
    const batches = (props: PiCloudProps) => mappingOf(synthesise(props), 'PiCloudHighCpuExecutorJobs').BatchSize
    expect(batches({ executor: { batchSize: 10 } })).toBe(1)
    expect(batches({ highCpuExecutor: { batchSize: 5 } })).toBe(5)
  })
})

test('provisioned pollers take the place of the bound on concurrency', () => {
  const made = synthesise({ executor: { scaling: { provisionedPollers: { min: 2, max: 2_000 } } } })
  const mapping = mappingOf(made, 'PiCloudExecutorJobs')
  expect(mapping.ProvisionedPollerConfig).toEqual({ MinimumPollers: 2, MaximumPollers: 2_000 })
  expect(mapping.ScalingConfig).toBeUndefined()
})
