const account = (() => {
  let balance = 10
  return {
    deposit(n) {
      balance += n
    },
    get balance() {
      return balance
    },
  }
})()
export default () => {
  account.deposit(5)
  return account.balance
}
