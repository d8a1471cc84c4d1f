class Chain {
  private parts: string[] = []
  add(part: string): this
  add(part: number): this
  add(part: string | number): this {
    this.parts.push(String(part))
    return this
  }
  build(this: Chain): string {
    return this.parts.join('-')
  }
}
export default () => new Chain().add('a').add(1).build()
