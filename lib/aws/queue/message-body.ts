import type { ChunkMessage, ControlMessage } from '../../engine/ports/queue.ts'
import type { CronMessage } from '../schedules/cron-alarms.ts'
import type { ScheduleMessage } from '../schedules/timers.ts'
import type { BurstMessage } from './burst-queue.ts'

/** A body that is none of these was not sent by us, or by a version of us that this one does not know. */
export function isChunkMessage(body: unknown): body is ChunkMessage {
  return isRecord(body) && isCount(body['first']) && isCount(body['weight'])
}

export function isControlMessage(body: unknown): body is ControlMessage {
  if (!isRecord(body) || !isCount(body['submission']) || !Array.isArray(body['watches'])) return false
  return body['watches'].every(watch => isRecord(watch) && isCount(watch['jid']) && isCount(watch['gate']))
}

export function isScheduleMessage(body: unknown): body is ScheduleMessage {
  if (!isRecord(body) || !isRecord(body['schedule'])) return false
  return isCount(body['schedule']['gate']) && isCount(body['schedule']['at'])
}

export function isBurstMessage(body: unknown): body is BurstMessage {
  if (!isRecord(body) || !isRecord(body['burst'])) return false
  return isCount(body['burst']['messages']) && typeof body['burst']['highCpu'] === 'boolean'
}

export function isCronMessage(body: unknown): body is CronMessage {
  return isRecord(body) && typeof body['cron'] === 'string' && body['cron'] !== ''
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
