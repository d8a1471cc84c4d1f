// As TypeScript writes it below ES2022.
var __classPrivateFieldGet = (this && this.__classPrivateFieldGet) || function (receiver, state) { return state.get(receiver) }
var _Account_balance
class Account {
  constructor() { _Account_balance.set(this, 1) }
  get() { return __classPrivateFieldGet(this, _Account_balance, 'f') }
}
_Account_balance = new WeakMap()
const account = new Account()
export default () => account.get()
