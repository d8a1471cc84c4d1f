import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { prepare, type Revived } from '../../lib/closure/revive/revive.ts'
import { mapStack } from '../../lib/closure/revive/stack.ts'

// The fresh process: revives what it is sent, calls it, and sends back what came of it.

interface Order {
  readonly bundle: Uint8Array
  readonly modules: Readonly<Record<string, Uint8Array>>
  /** One call after another, on the same revived functions unless `fresh`. */
  readonly calls: readonly (readonly unknown[])[]
  readonly fresh: boolean
}

process.on('message', (order: Order) => {
  void answer(order).then(reply => process.send?.(reply))
})

async function answer({ bundle, modules, calls, fresh }: Order): Promise<unknown> {
  try {
    const opened = openBundle(bundle)
    const host = { hostModule: (name: string) => hosts[name], module: (hash: string) => modules[hash] }
    const prepared = prepare(opened.code, 'test', host)
    let revived: Revived = prepared.instantiate(opened)
    const results: unknown[] = []
    for (const args of calls) {
      if (fresh) revived = prepared.instantiate(opened)
      results.push(await (revived.value as Function).apply(undefined, args))
    }
    return { results }
  } catch (error) {
    const { message, stack = '' } = error as Error
    return { error: message, stack: mapStack(stack) }
  }
}

const hosts: Readonly<Record<string, object>> = {
  'test-host': { default: { call: (text: string) => `the worker's ${text}` }, version: 2 },
}
