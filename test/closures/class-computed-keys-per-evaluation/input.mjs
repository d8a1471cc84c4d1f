const classes = ['a', 'b', Symbol.iterator].map(key => class {
  [key]() {
    return String(key)
  }
})
export default () => classes.map(it => Reflect.ownKeys(it.prototype).map(String))
