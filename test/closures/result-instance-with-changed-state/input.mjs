class Account {
  constructor(balance) {
    this.balance = balance
  }
  add(n) {
    this.balance += n
    return this
  }
}
const account = new Account(10)
export default () => account.add(5)
export const returned = it => [it instanceof Account, it === account, it.balance, account.balance, it.add(1).balance]
