import { inherits } from 'node:util'
function Base() {}
Base.prototype.hi = function () {
  return 'hi'
}
function Child() {}
inherits(Child, Base)
export default () => [new Child().hi(), Child.super_ === Base]
