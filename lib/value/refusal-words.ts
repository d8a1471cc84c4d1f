/** A refusal in words: why, as a sentence’s end without its dot, and what to do instead, as sentences. */
export interface Words {
  readonly why: string
  readonly hint: string
}

const of = (why: string, hint: string): Words => ({ why, hint })

/** Why objects of built-in classes can't travel, by name of the class; what is not here is `handleWords`. */
export const refusalWords: Readonly<Record<string, Words>> = {
  WeakMap: of('a WeakMap can’t be sent, as its entries can’t be listed', 'Use a Map, or make it where it is used.'),
  WeakSet: of('a WeakSet can’t be sent, as its items can’t be listed', 'Use a Set, or make it where it is used.'),
  WeakRef: of('a WeakRef can’t be sent, as what it points to may be gone', 'Send the object itself.'),
  FinalizationRegistry: of(
    'a FinalizationRegistry can’t be sent, as it watches objects of this process',
    'Make one in the job.',
  ),
  Promise: of('a promise can’t be sent, as it settles in this process', 'Await it first and send its value.'),
  generator: of('a generator can’t be sent, as where it stands can’t be read', 'Send its items: [...generator].'),
  Iterator: of('an iterator can’t be sent, as where it stands can’t be read', 'Send its items: [...iterator].'),
  namespace: of('a module namespace can’t be sent as data', 'Import the module where it is used.'),
}

/** Of an object whose state is the process's own: a socket, a timer, a hash. `name` is its class's. */
export function handleWords(name: string): Words {
  return of(
    `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name} can’t be sent, as it holds state of this process`,
    'Send the data that it was made from, and make it in the job.',
  )
}
