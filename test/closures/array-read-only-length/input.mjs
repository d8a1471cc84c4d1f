const list = Object.defineProperty([1], 'length', { writable: false })
export default () => {
  'use strict'
  try {
    list.push(2)
  } catch (error) {
    return [error.name, list.length]
  }
}
