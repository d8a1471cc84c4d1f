import type { Fetch, LocalRequest } from '../../protocol/message.ts'
import { type Channel, openChannel, sendable } from './channel.ts'
import { createHttpFetch, type HttpFetch } from './http-fetch.ts'

/** Times that a service may break off while a channel is asked for, before it is taken to have none. */
const MAX_BREAKS = 3

/** A service that is reached by `http:`. */
export interface Near {
  /** @param headersOf what to send along where a request goes by itself; throws where it may not be sent */
  fetch(request: LocalRequest, headersOf: () => Readonly<Record<string, string>>): ReturnType<Fetch>
  close(): Promise<void>
}

/**
 * Small requests of ours go through a channel, which is opened for the first of them and anew after it broke; large ones, and
 * all where the service has no channel, go by themselves.
 * @param ours headers that all requests carry which bring none of their own; undefined: there may be none such
 */
export function createNear(origin: string, ours: Readonly<Record<string, string>> | undefined): Near {
  let http: Promise<HttpFetch> | undefined
  let channel: Channel | undefined
  let opening: Promise<void> | undefined
  let breaks = 0

  async function open(headers: Readonly<Record<string, string>>): Promise<void> {
    try {
      channel = await openChannel(origin, headers)
      breaks = channel === undefined ? MAX_BREAKS : 0
    } catch (error) {
      // Where nobody listens yet somebody may soon. Why it failed is told by the request that goes by itself.
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') breaks++
    } finally {
      opening = undefined
    }
  }

  return {
    async fetch(request, headersOf) {
      if (ours !== undefined && breaks < MAX_BREAKS && request.isBare) {
        const asked = sendable(request, origin)
        if (asked !== undefined && channel?.isOpen !== true) {
          opening ??= open(ours)
          await opening
        }
        if (asked !== undefined && channel?.isOpen === true) return channel.ask(asked, request.signal)
      }
      http ??= createHttpFetch()
      return (await http).fetch(request, headersOf())
    },
    async close() {
      await opening
      channel?.close()
      ;(await http)?.close()
    },
  }
}
