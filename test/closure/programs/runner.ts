import { capture } from '../../../lib/closure/capture.ts'
import { openBundle } from '../../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../../lib/closure/revive/revive.ts'
import type { Callable } from '../../../lib/value/captured.ts'

// The process that never saw a program: revives it twice, and what it revived once more, and calls each.

export interface Order {
  readonly bundle: Uint8Array
  readonly hash: string
  readonly modules: Readonly<Record<string, Uint8Array>>
}

export interface Answer {
  readonly outcomes?: readonly string[]
  readonly error?: string
}

process.on('message', (order: Order) => {
  void answer(order).then(it => process.send?.(it))
})
process.on('disconnect', () => process.exit())

async function answer({ bundle, hash, modules }: Order): Promise<Answer> {
  try {
    const host = { hostModule: () => undefined, module: (name: string) => modules[name] }
    const opened = openBundle(bundle)
    const prepared = prepare(opened.code, hash, host)
    const one = prepared.instantiate(opened).value as Callable
    const two = prepared.instantiate(opened).value as Callable
    const sentOn = capture(two)
    const openedOn = openBundle(sentOn.bundle)
    const three = prepare(openedOn.code, sentOn.hash, host).instantiate(openedOn).value as Callable
    const outcomes: string[] = []
    for (const fn of [one, two, three]) outcomes.push((await fn()) as string)
    return { outcomes }
  } catch (error) {
    return { error: String((error as Error).stack) }
  }
}
