import type { Queue, Receipt, Received } from '../../lib/engine/ports/queue.ts'
import type { Mortal, World } from './world.ts'

interface Message<Body> {
  readonly body: Body
  readonly sent: number
  visible: number
  receipt: Receipt | undefined
}

/** A queue as bad as it may be: at least once, in no order, delivering twice. */
export class LossyQueue<Body> {
  readonly #world: World
  readonly #messages = new Set<Message<Body>>()
  #receipts = 0

  constructor(world: World) {
    this.#world = world
  }

  get size(): number {
    return this.#messages.size
  }

  /** The queue as one machine sees it. */
  for(caller: Mortal): Queue<Body> {
    const world = this.#world
    return {
      send: ({ bodies, delay = 0 }) => world.call(caller, async () => this.#send(bodies, delay)),
      receive: async ({ max, visibility, wait }) => {
        const until = world.now + wait
        for (;;) {
          const received = await world.call(caller, async () => this.#receive(max, visibility))
          if (received.length > 0 || world.now >= until) return received
          await world.pause(Math.min(world.between(1_000, 9_000), until - world.now))
        }
      },
      delay: ({ receipts, delay }) => world.call(caller, async () => this.#delay(receipts, delay)),
      delete: ({ receipts }) => world.call(caller, async () => this.#delete(receipts)),
    }
  }

  #send(bodies: readonly Body[], delay: number): void {
    const { now: sent, faulty, odds } = this.#world
    for (const body of bodies) {
      this.#messages.add({ body, sent, visible: sent + delay, receipt: undefined })
      if (!faulty || !this.#world.chance(odds.twice)) continue
      this.#messages.add({ body, sent, visible: sent + delay + this.#world.between(0, 90_000), receipt: undefined })
    }
  }

  #receive(max: number, visibility: number): readonly Received<Body>[] {
    const { now } = this.#world
    const visible = [...this.#messages].filter(message => message.visible <= now)
    const taken: Received<Body>[] = []
    while (taken.length < max && visible.length > 0) {
      const [message] = visible.splice(Math.floor(this.#world.random() * visible.length), 1) as [Message<Body>]
      message.visible = now + visibility
      message.receipt = ++this.#receipts
      taken.push({ body: message.body, sent: message.sent, receipt: message.receipt })
    }
    return taken
  }

  #named(receipts: readonly Receipt[]): Message<Body>[] {
    return [...this.#messages].filter(({ receipt }) => receipt !== undefined && receipts.includes(receipt))
  }

  #delay(receipts: readonly Receipt[], delay: number): void {
    for (const message of this.#named(receipts)) message.visible = this.#world.now + delay
  }

  #delete(receipts: readonly Receipt[]): void {
    for (const message of this.#named(receipts)) this.#messages.delete(message)
  }
}
