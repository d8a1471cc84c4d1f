class Base {
  say(n) {
    return `base ${n}`
  }
  static say() {
    return 'static base'
  }
  set value(v) {
    this.kept = `set ${v}`
  }
  get value() {
    return 'got'
  }
}
class C extends Base {
  #n = 2
  static again = () => super.say()
  make() {
    return [() => super.say(++this.#n), () => { super.value = 9; return this.kept }, () => super.value, async () => (super.other = 5, this.other)]
  }
}
const [say, put, got, later] = new C().make()
const { again } = C

export default async () => [say(), say(), again(), put(), got(), await later()]
