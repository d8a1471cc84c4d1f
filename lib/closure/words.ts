import type { Words } from '../value/refusal-words.ts'

export { handleWords, refusalWords, type Words } from '../value/refusal-words.ts'

/** Why a function’s text can’t stand alone: said when it is captured, and in the editor. */
export const textWords = {
  super: {
    why: 'it uses `super` of an object that does not travel with it',
    hint: 'Send the class or a function without `super`.',
  },
  private: {
    why: 'it uses a private name of a class that it was taken from',
    hint: 'Send the class or an instance.',
  },
} as const satisfies Record<string, Words>

/** What to do where nothing better is known. */
export const anyHint = 'Leave it out, or send the data that the job needs of it.'
