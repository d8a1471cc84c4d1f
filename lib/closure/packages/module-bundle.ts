/** A file of a package that one of its scripts names, as it lies beside that: WebAssembly, fonts, tables. */
export interface PackageFile {
  /** Absolute. */
  readonly path: string
  /** Below the folder that all packages take for theirs in the job. */
  readonly name: string
}

/** What functions need beside their own bundles and may share: a bundle of installed packages, or a file of the user's. */
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
  /** All files that are in it, absolute. */
  readonly files: readonly string[]
  /** The file whose bytes it has, absolute; undefined for a bundle of packages. */
  readonly asset?: string
  /** What goes along with it; see `packageFiles`. */
  readonly beside?: readonly PackageFile[]
}
