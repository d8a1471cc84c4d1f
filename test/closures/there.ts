import { heldThing, isHeldName } from '../../lib/closure/parcel-held.ts'
import { encodeResult } from '../../lib/closure/parcel-result.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { decodeParcel, type KnownFunctions } from '../../lib/closure/revive/parcel.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'
import { mapStack, mapStacks } from '../../lib/closure/revive/stack.ts'
import { gather } from '../../lib/value/encode.ts'

// The process that never saw an input: revives what it is sent, calls it, and sends back what came of it.

export interface Order {
  readonly bundle: Uint8Array
  readonly hash: string
  readonly modules: Readonly<Record<string, Uint8Array>>
  readonly args: Uint8Array
  readonly times: number
}

/** What came of each time, or of the first that failed. */
export type Answer =
  | { readonly results: readonly Uint8Array[] }
  | { readonly error: string; readonly stack: string; readonly code: string | undefined }

mapStacks()

process.on('message', (order: Order) => {
  void answer(order).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit())

async function answer({ bundle, hash, modules, args, times }: Order): Promise<Answer> {
  try {
    const opened = openBundle(bundle)
    const host = { hostModule: () => undefined, module: (name: string) => modules[name] }
    const prepared = prepare(opened.code, hash, host)
    await prepared.ready
    const results: Uint8Array[] = []
    for (let time = 0; time < times; time++) {
      const { value, functions, objects } = prepared.instantiate(opened)
      const known: KnownFunctions[] = [{ hash, functions, objects }]
      const given = decodeParcel(args, {
        host,
        foreign: data => (isHeldName(data) ? heldThing(data, known) : undefined),
        known: (of, id) => (of === hash ? functions[id] : undefined),
        revived: also => known.push({ ...also, functions: [...also.functions] }),
      })
      const result: unknown = await (value as Function).apply(undefined, given as unknown[])
      results.push(gather(await encodeResult(result, known)))
    }
    return { results }
  } catch (error) {
    const { message, stack = '', code } = error as Error & { code?: string }
    return { error: message, stack: mapStack(stack), code }
  }
}
