const account = { n: 0 }
const up = function (by) {
  return (this.n += by)
}.bind(account)
export default () => [up(2), account.n]
