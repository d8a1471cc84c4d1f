let a = null, b = 0, c = 1
class K { #v; init() { this.#v ??= a ??= 'set'; b ||= 2; c &&= 3; return [this.#v, a, b, c, #v in this] } }
export default () => new K().init()
