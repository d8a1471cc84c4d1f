/** A bundle of installed packages, which many functions may share. */
export interface ModuleBundle {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly bytes: Uint8Array
  /** Of those bytes, how many each package takes, by its name. */
  readonly packages: ReadonlyMap<string, number>
}
