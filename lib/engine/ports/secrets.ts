/** Port: what keys and passwords are made and checked with. */
export interface Secrets {
  /** Random text that nobody guesses: 256 bits in letters, digits, `-` and `_`. */
  make(): string
  /** A slow hash, as people choose passwords that can be guessed. */
  hashPassword(params: { password: string; salt: string }): Promise<string>
  /** Whether both are the same, in a time that does not tell where they differ. */
  isSame(one: string, other: string): boolean
  /** The secret of key 1, where that was made before the service was: on AWS the stack does. */
  first?(): Promise<string>
}
