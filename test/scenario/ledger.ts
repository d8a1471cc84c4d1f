/** A file of the user's own, with state and a class, which the composite story imports: it travels by value. */

let entries = 0

export class Account {
  static opened = 0
  #balance: number

  constructor(balance: number) {
    this.#balance = balance
    Account.opened++
  }

  get balance(): number {
    return this.#balance
  }

  pay(amount: number): this {
    this.#balance += amount
    entries++
    return this
  }

  static same(one: Account, other: Account): boolean {
    return #balance in one && one.#balance === other.#balance
  }
}

export const entriesMade = (): number => entries
