export class Base {
  hello() {
    return 'hello'
  }
}
