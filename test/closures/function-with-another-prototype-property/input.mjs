function One() {}
One.prototype = 1
function None() {}
None.prototype = undefined
function Nil() {}
Object.defineProperty(Nil, 'prototype', { value: null, writable: false })
function Made() {}
Made.prototype = One
const arrow = () => 1
arrow.prototype = 5

const instanceOf = maker => {
  try {
    return {} instanceof maker
  } catch (error) {
    return error.name
  }
}

export default () => [
  One.prototype,
  Object.getPrototypeOf(new One()) === Object.prototype,
  typeof None.prototype,
  instanceOf(None),
  Nil.prototype,
  Object.getOwnPropertyDescriptor(Nil, 'prototype').writable,
  Object.getPrototypeOf(new Made()) === One,
  arrow.prototype,
  Object.keys(arrow),
]
