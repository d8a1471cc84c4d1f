import type { Words } from '../value/refusal-words.ts'

export { handleWords, refusalWords, type Words } from '../value/refusal-words.ts'

/** Of an instance of a class of Node’s modules, or below one. */
export function nodeWords(name: string): Words {
  return {
    why: `an instance of Node’s ${name} can’t be sent, as it holds state of this process`,
    hint: 'Send the data that it was made from, and make it in the job.',
  }
}

/** Why a function’s text can’t stand alone: said when it is captured, and in the editor. */
export const textWords = {
  super: {
    why: 'it uses `super` of an object that does not travel with it',
    hint: 'Send the class or a function without `super`.',
  },
  superCall: {
    why: 'it calls the `super` of a constructor around it',
    hint: 'Call it in the constructor.',
  },
  sloppySuper: {
    why: 'it uses the `super` of a sloppy method around it',
    hint: "Put 'use strict' at the top of its file.",
  },
  private: {
    why: 'it uses a private name of a class that it was taken from',
    hint: 'Send the class or an instance.',
  },
} as const satisfies Record<string, Words>

/** What to do where nothing better is known. */
export const anyHint = 'Leave it out, or send the data that the job needs of it.'

/** Of a WeakMap that a compiler made of a private name. */
export const privateNameHint =
  'A compiler made it of a private name (`#x`): set its target to ES2022 or later, so that the name stays and travels.'

/** Of what a package holds whose code a bundler put into the user's file. */
export const bundledHint =
  'A bundler put a package into your file: leave packages out of the bundle (as esbuild’s `packages: "external"`), so that they travel by reference.'

/** Of a function of another context: test runners make such, too. */
export const otherContextHint =
  'Make it with vm.runInThisContext. Jest, and Vitest’s pools vmForks and vmThreads, run tests in contexts of their own: use Vitest’s forks or threads, or node:test.'

/** Of what node:test calls a mock. */
export const mockWords: Words = {
  why: 'it is a mock of node:test, which notes calls in this process',
  hint: 'Send the function that it stands for, and mock it in the job.',
}

/** Of a Date, or what else the fake timers of a test runner made. */
export const fakeTimersHint =
  'The fake timers of a test made it: make it before they are there, or send its number or text (as of `date.getTime()`).'

/** Of what else `import.meta` has. */
export const metaHint =
  'Only `import.meta.url`, `.filename` and `.dirname` can travel: read the rest into a variable outside, and use that.'

/** Of a WeakMap that a compiler made of the groups of a regular expression. */
export const namedGroupsHint =
  'A compiler made it of the named groups of a regular expression (`(?<name>…)`): set its target to ES2018 or later.'
