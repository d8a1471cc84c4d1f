const values = [undefined, -0, Number.NaN, Infinity, -Infinity, 2n ** 70n, '\ud800', '', 5e-324, null]
export default () => [
  values[0] === undefined,
  Object.is(values[1], -0),
  Number.isNaN(values[2]),
  values[3] === Infinity,
  values[4] === -Infinity,
  values[5] === 2n ** 70n,
  values[6].charCodeAt(0) === 0xd800,
  values[7] === '',
  values[8] === Number.MIN_VALUE,
  values[9] === null,
  values.length,
]
