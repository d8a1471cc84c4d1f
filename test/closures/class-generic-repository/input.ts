interface Entity {
  readonly id: number
}
class Repository<T extends Entity> {
  protected readonly rows = new Map<number, T>()
  add(row: T): this {
    this.rows.set(row.id, row)
    return this
  }
  find(id: number): T | undefined {
    return this.rows.get(id)
  }
}
interface User extends Entity {
  readonly name: string
}
class Users extends Repository<User> {
  names(): string[] {
    return [...this.rows.values()].map(({ name }) => name)
  }
}
const users = new Users().add({ id: 1, name: 'ada' })
export default (): unknown => [users.find(1)?.name, users.add({ id: 2, name: 'bob' }).names(), users instanceof Repository]
