/** A bundle of installed packages, which many functions may share. */
export interface ModuleBundle {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly bytes: Uint8Array
  /** Where it awaits at its top level, file and line: the worker loads it before it calls the function. */
  readonly awaits: string | undefined
  /** Of those bytes, how many each package takes, by its name. */
  readonly packages: ReadonlyMap<string, number>
  /** Files of the user's that are in it, absolute: those that `import()` or `require` inside a function names. */
  readonly ownFiles: readonly string[]
}
