/** Where to put a blob, and the headers that have to come with it. */
export interface UploadPlace {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Port: large payloads, bundles, output and profiles, by key. Keys are relative paths: `[a-z0-9._/-]`, no empty or dot-only segment. */
export interface Blobs {
  /** Stores the parts end to end under `key`, atomically. With `ifAbsent` an existing blob stays and false comes back. */
  put(params: {
    key: string
    parts: readonly Uint8Array[] | AsyncIterable<Uint8Array>
    ifAbsent?: boolean
  }): Promise<boolean>
  /** Takes a file of this machine in, without copying it where the adapter can. The file is gone afterwards. */
  adopt(params: { key: string; file: string }): Promise<void>
  /** The whole blob, or undefined. */
  get(params: { key: string }): Promise<Uint8Array | undefined>
  size(params: { key: string }): Promise<number | undefined>
  /** A file of this machine that holds the blob, where the adapter keeps one; valid until the blob is deleted. */
  file(params: { key: string }): Promise<string | undefined>
  /** Deletes the blob, and with a key that ends in `/` all below it. Absent ones are no error. */
  delete(params: { key: string }): Promise<void>
  /**
   * Where a client may put the blob itself for a while, where the adapter has such a place. With `sha256` (hex) it takes these
   * bytes and no others, once.
   */
  uploadPlace?(params: { key: string; size: number; sha256?: string }): Promise<UploadPlace>
  /** An address at which a client may read the blob itself for a while, where the adapter has such. */
  downloadUrl?(params: { key: string }): Promise<string>
  /** Where the next `adopt` should find its file, so that it need only be renamed: a folder of this machine. */
  readonly folder: string
}
