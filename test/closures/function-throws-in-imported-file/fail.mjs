// a comment above
export const fail = what => {
  throw new Error(`bad ${what}`)
}
