/** The constructors of errors, in the order of their numbers on the wire. Only ever append. */
export const errorKinds: readonly ErrorConstructor[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError as unknown as ErrorConstructor,
]
