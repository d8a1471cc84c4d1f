import { expect, test } from 'vitest'
import { functionNames } from '../../lib/aws/environment.ts'
import { type Resource, synthesise } from './synthesise.ts'

interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const { of, one } = synthesise()
const list = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value as Item])
const statementsOf = (resource: Resource): readonly Statement[] => resource.Properties.PolicyDocument.Statement
const policies = Object.entries(of('AWS::IAM::Policy'))
const actionsOf = (name: string): string[] =>
  statementsOf(one('AWS::IAM::Policy', `PiCloud${name}Role`)).flatMap(({ Action }) => [...list(Action)])

test('no role has an action with a wildcard', () => {
  const actions = policies.flatMap(([, policy]) => statementsOf(policy).flatMap(({ Action }) => [...list(Action)]))
  expect(actions.length).toBeGreaterThan(50)
  expect(actions.filter(action => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action))).toEqual([])
})

test('a wildcard in a resource stands for the objects of one bucket, or the schedules of one group', () => {
  const wild: string[] = []
  for (const [, policy] of policies) {
    for (const { Resource } of statementsOf(policy)) {
      for (const one of list(Resource)) if (JSON.stringify(one).includes('*')) wild.push(JSON.stringify(one))
    }
  }
  const allowed =
    /^\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["PiCloudStorage(Results|Files)[0-9A-F]+","Arn"\]\},"\/(aws\/lambda\/)?\*"\]\]\}$/
  const others = wild.filter(resource => !allowed.test(resource))
  expect(wild.length).toBeGreaterThan(0)
  expect(others).toHaveLength(1)
  expect(others[0]).toMatch(/:schedule\/Stack-PiCloud-Schedules-Group-[0-9A-F]+\/\*/)
})

test('no role has a managed policy or permissions inline', () => {
  const roles = Object.values(of('AWS::IAM::Role'))
  // Executors are of two classes, and schedules have two roles.
  expect(roles).toHaveLength(functionNames.length + 3)
  for (const { Properties } of roles) {
    expect(Properties.ManagedPolicyArns).toBeUndefined()
    expect(Properties.Policies).toBeUndefined()
  }
})

test('each role is taken on by its one service', () => {
  const takers = Object.entries(of('AWS::IAM::Role')).map(([id, { Properties }]) => {
    const [statement] = Properties.AssumeRolePolicyDocument.Statement
    return [id.startsWith('PiCloudSchedules'), statement.Principal.Service]
  })
  for (const [schedules, service] of takers)
    expect(service).toBe(schedules ? 'scheduler.amazonaws.com' : 'lambda.amazonaws.com')
})

test.each(['Executor', 'HighCpuExecutor'])(
  '%s has no keys, and may do nothing with schedules, secrets or IAM',
  name => {
    const actions = actionsOf(name)
    expect(actions.filter(action => /^(iam|scheduler|secretsmanager|sts|lambda|kms):/.test(action))).toEqual([])
    const policy = JSON.stringify(one('AWS::IAM::Policy', `PiCloud${name}Role`).Properties.PolicyDocument)
    expect(policy).not.toMatch(/PiCloudStorageKeys|PiCloudFirstKey/)
    expect(policy).toMatch(/PiCloudStorageJobs/)
  },
)

test('only the control function makes schedules, and hands over only the role that calls cron', () => {
  const makers = functionNames.filter(name => {
    const actions = actionsOf(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)
    return actions.some(action => /^(scheduler|iam):/.test(action))
  })
  expect(makers).toEqual(['control'])
  expect(actionsOf('Control').filter(action => action.startsWith('scheduler:'))).toEqual([
    'scheduler:CreateSchedule',
    'scheduler:UpdateSchedule',
    'scheduler:DeleteSchedule',
  ])
  const pass = statementsOf(one('AWS::IAM::Policy', 'PiCloudControlRole')).find(
    ({ Action }) => Action === 'iam:PassRole',
  )
  expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } })
  expect(JSON.stringify(pass?.Resource)).toMatch(/PiCloudSchedulesCronRole/)
})

test('schedules may call their function and nothing else', () => {
  for (const name of ['Cron', 'Sweep']) {
    expect(statementsOf(one('AWS::IAM::Policy', `PiCloudSchedules${name}Role`))).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: expect.anything() },
    ])
  }
})

test('whoever sends jobs may send them to either class, and executors take of both', () => {
  const queues = ['PiCloudJobsQueueMain', 'PiCloudJobsHighCpuQueueMain']
  const may = (name: string, action: string): string[] => {
    const statements = statementsOf(one('AWS::IAM::Policy', `PiCloud${name}Role`))
    const resources = statements
      .filter(({ Action }) => list(Action).includes(action))
      .flatMap(({ Resource }) => Resource)
    return queues.filter(queue => JSON.stringify(resources).includes(`"${queue}`))
  }
  for (const name of ['Api', 'Executor', 'HighCpuExecutor', 'Release', 'Control', 'Sweeper', 'Cron']) {
    expect(may(name, 'sqs:SendMessage')).toEqual(queues)
  }
  for (const name of ['Executor', 'HighCpuExecutor']) {
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility']) {
      expect(may(name, action)).toEqual(queues)
    }
  }
  for (const name of ['Api', 'Control']) expect(may(name, 'sqs:GetQueueAttributes')).toEqual(queues)
  expect(may('Api', 'sqs:ReceiveMessage')).toEqual([])
  const letters = JSON.stringify(one('AWS::IAM::Policy', 'PiCloudSweeperRole').Properties.PolicyDocument)
  for (const pair of ['Jobs', 'JobsHighCpu', 'Control']) expect(letters).toContain(`PiCloud${pair}QueueDeadLetters`)
})

test('only the control function calls others: the executors', () => {
  const callers = functionNames.filter(name =>
    actionsOf(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`).includes('lambda:InvokeFunction'),
  )
  expect(callers).toEqual(['control'])
  const calls = statementsOf(one('AWS::IAM::Policy', 'PiCloudControlRole')).find(
    ({ Action }) => Action === 'lambda:InvokeFunction',
  )
  const called = JSON.stringify(calls?.Resource).match(/PiCloud\w+?Handler/g)
  expect(called?.sort()).toEqual(['PiCloudExecutorHandler', 'PiCloudHighCpuExecutorHandler'])
})
