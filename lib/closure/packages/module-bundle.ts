/** A bundle of installed packages, which many functions may share. */
export interface ModuleBundle {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly bytes: Uint8Array
}
