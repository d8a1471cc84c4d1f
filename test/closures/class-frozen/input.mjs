class Fixed {
  static a = 1
}
Object.freeze(Fixed)
Object.freeze(Fixed.prototype)
export default () => [Object.isFrozen(Fixed), Object.isFrozen(Fixed.prototype), Fixed.a]
