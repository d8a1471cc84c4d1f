import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { scheduleName } from '../../lib/aws/schedules/cron-schedules.ts'
import { connect } from '../../lib/index.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

/** Milliseconds: the control queue's turn, on a busy machine. */
const PATIENCE = 60_000

describe.skipIf(deployment === undefined)('crons, deployed', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const aws = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const scheduler = new SchedulerClient(aws)
  const lambda = new LambdaClient(aws)
  const settings = new StackSettings(aws, apiFunction)

  /** The schedule of this label, in whatever group it is. */
  async function scheduleOf(label: string) {
    const Name = scheduleName(label)
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}))
    const found = Schedules.find(one => one.Name === Name)
    if (found === undefined) return undefined
    return await scheduler.send(new GetScheduleCommand({ Name, GroupName: found.GroupName }))
  }

  const cronFunction = (): Promise<string> => settings.told(variables.scheduleTarget)

  test('each is one schedule, which follows it', async () => {
    await using cloud = connect({ url, key, secret })
    const label = 'a label / of its “own”'
    await cloud.cron.register(() => 1, label, '*/20 3 * * mon-fri')
    await expect
      .poll(async () => (await scheduleOf(label))?.ScheduleExpression, { timeout: PATIENCE, interval: 200 })
      .toBe('cron(0,20,40 3 ? * 2-6 *)')
    const made = await scheduleOf(label)
    expect(made).toMatchObject({ ScheduleExpressionTimezone: 'UTC', FlexibleTimeWindow: { Mode: 'OFF' } })
    expect(JSON.parse(made?.Target?.Input ?? '')).toEqual({ cron: label, minute: '<aws.scheduler.scheduled-time>' })
    expect(made?.Target?.Arn).toBe(await cronFunction())
    await cloud.cron.register(() => 2, label, '0 3 13 * 5')
    await expect
      .poll(async () => (await scheduleOf(label))?.ScheduleExpression, { timeout: PATIENCE, interval: 200 })
      .toBe('cron(0 3 * * ? *)')
    await cloud.cron.deregister(label)
    await expect.poll(() => scheduleOf(label), { timeout: PATIENCE, interval: 200 }).toBeUndefined()
  })

  test('what a schedule sends runs it, once a minute, and only on days that it is for', async () => {
    await using cloud = connect({ url, key, secret })
    const FunctionName = await cronFunction()
    const minute = new Date(Math.ceil(Date.now() / 60_000) * 60_000)
    const fire = async (label: string, at = minute): Promise<void> => {
      const Payload = JSON.stringify({ cron: label, minute: `${at.toISOString().slice(0, 19)}Z` })
      const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload }))
      expect(FunctionError).toBeUndefined()
    }
    // Either day is enough: the schedule calls every day, and the function looks.
    const [weekday, otherDay] = [minute.getUTCDay(), ((minute.getUTCDate() + 10) % 28) + 1]
    const [meant, other] = [`meant ${minute.getTime()}`, `other ${minute.getTime()}`]
    await cloud.cron.register(() => 'by the clock', meant, `* * ${otherDay} * ${weekday}`)
    await cloud.cron.register(() => 'on another day', other, `* * ${otherDay} * ${(weekday + 3) % 7}`)
    await Promise.all([fire(meant), fire(meant), fire(other)])
    await fire(meant)
    const jobs = await cloud.jobs({ label: meant })
    expect(jobs).toHaveLength(1)
    expect(await cloud.result([...(jobs[0]?.jids ?? [])])).toEqual(['by the clock'])
    expect(await cloud.jobs({ label: other })).toEqual([])
    for (const label of [meant, other]) await cloud.cron.deregister(label)
    await fire(meant, new Date(minute.getTime() + 60_000))
    expect(await cloud.jobs({ label: meant })).toHaveLength(1)
  })
})
