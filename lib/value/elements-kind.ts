/**
 * How V8 keeps the elements of an array, as it alone can tell without asking for each. It keeps those as a dictionary of which
 * any is an accessor, read-only, hidden or locked, and some long ones with holes.
 */
export type ElementsKind = typeof PACKED | typeof HOLEY | typeof UNTOLD
/** All are there, and are ordinary. */
export const PACKED = 0
/** Those that are there are ordinary. */
export const HOLEY = 1
/** Whoever wants to know has to ask for each. */
export const UNTOLD = 2

/**
 * Elements of arrays that a process looks at one by one before it asks V8. To get ready for that takes as long as some 20,000 of
 * them, and most processes never send that many.
 */
export const UNASKED_ELEMENTS = 20_000

type Ask = (array: readonly unknown[]) => ElementsKind
let ask: Ask | undefined
let left = UNASKED_ELEMENTS

/** @param array one that may be extended, and no proxy */
export function elementsKind(array: readonly unknown[]): ElementsKind {
  if (ask !== undefined) {
    try {
      return ask(array)
    } catch {
      // V8 forgets the code of functions that rest for long, and reads it anew when they are called: without the flag.
      ask = undefined
    }
  }
  left -= array.length
  if (left < 0) ask = asking()
  return UNTOLD
}

/**
 * V8's own tests, which its flag `--allow-natives-syntax` lets a script name: it is set for as long as that one line is read, and
 * nothing else runs meanwhile. Where there are none, as in other engines, nothing is told.
 */
function asking(): Ask {
  try {
    return compiled()
  } catch {
    // It was not set by the user.
  }
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  try {
    setFlagsFromString('--allow-natives-syntax')
    return compiled()
  } catch {
    return () => UNTOLD
  } finally {
    setFlagsFromString('--no-allow-natives-syntax')
  }
}

function compiled(): Ask {
  const { Script } = process.getBuiltinModule('node:vm')
  const text = `array => %HasFastPackedElements(array) ? ${PACKED} : %HasDictionaryElements(array) ? ${UNTOLD} : ${HOLEY}`
  const ask = new Script(text).runInThisContext() as Ask
  // V8 reads functions when they are first called.
  ask([])
  return ask
}
