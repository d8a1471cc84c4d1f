import type { SourcePlace } from '../capture-error.ts'

/**
 * How something gets to a job: copied, or as the worker's own of that name; packages are bundled; a `file` (or folder) of the user's
 * project is where the files lie that came along.
 */
export type Travels = 'by value' | 'built-in' | 'package' | 'picloud' | 'file'

/** Why something can't travel. */
export interface ExplainedRefusal {
  /** The whole message, as `call` would throw it. */
  readonly message: string
  /** From the function to what is at fault. */
  readonly path: readonly string[]
  readonly reason: string
  /** What to do instead. */
  readonly hint?: string
  /** In the user's files. */
  readonly place?: SourcePlace
}

/** A function, or a variable that one sees. */
export interface ExplainedPart {
  /** Of the variable, property or function. */
  readonly name: string
  /** From the function that was asked about. */
  readonly path: readonly string[]
  /** `number`, `string`, …; `function`, `class`, `array`, `object`; else the name of its class, such as `Map`. */
  readonly kind: string
  readonly travels: Travels
  /** What it is there, unless it travels by value: `node:path join`, `Math.max`. */
  readonly reference?: string
  /**
   * What it adds to the message by itself, in bytes: of a function its code, of a value its data. 0 for what is by
   * reference, or told at `sameAs`.
   */
  readonly bytes: number
  /** The path of the same variable, function or object, which is sent once. */
  readonly sameAs?: readonly string[]
  /** Of a function by value: where it stands in the user's files. */
  readonly place?: SourcePlace
  /** It can't travel, or something in it. */
  readonly refusal?: ExplainedRefusal
  /** Of a function: what it sees; of a value: functions and classes in it. */
  readonly parts: readonly ExplainedPart[]
}

/** A module that a function's file imports, as far as functions that travel use it. */
export interface ExplainedImport {
  /** As the file names it. */
  readonly specifier: string
  /** The file that imports it, as a URL. */
  readonly importer: string
  /** What is used of it, by the names that the file gives. */
  readonly names: readonly string[]
  readonly travels: Travels
  /** Of a package: its bytes in the bundle of packages, without those of other packages that it needs. Else 0. */
  readonly bytes: number
}

/** A package in the bundle of packages, imported or needed by one that is. */
export interface ExplainedPackage {
  readonly name: string
  readonly bytes: number
}

/** A file of the user's project that functions name by its place. */
export interface ExplainedAsset {
  /** Here, absolute. */
  readonly path: string
  readonly bytes: number
}

/** One of the largest parts. */
export interface Weight {
  /** `report → table`, `package lodash`, `arguments[0]`. */
  readonly what: string
  readonly kind: string
  readonly bytes: number
}

/** What would travel with a call, as plain data. All sizes are bytes. */
export interface Explanation {
  /** Of the function. */
  readonly name: string
  /** Whether it can travel, with its arguments. */
  readonly sendable: boolean
  /** Why not: the first refusal, which `call` would throw. */
  readonly refusal?: ExplainedRefusal
  /** The function with all that it sees. */
  readonly root: ExplainedPart
  /** The arguments that were given. */
  readonly arguments: readonly ExplainedPart[]
  readonly imports: readonly ExplainedImport[]
  /** Largest first. Sent once, whatever functions use them. */
  readonly packages: readonly ExplainedPackage[]
  /** Sent once, whatever functions use them. */
  readonly assets: readonly ExplainedAsset[]
  /** Of all that would be sent the first time; absent where it can't travel. */
  readonly bytes?: {
    readonly code: number
    /** What the variables hold. */
    readonly data: number
    readonly packages: number
    /** Files of the project. */
    readonly assets: number
    readonly arguments: number
    readonly total: number
  }
  /** What takes the most, at most three. */
  readonly largest: readonly Weight[]
}
