class A { static #n = 1; static next = () => A.#n++; static get n() { return this.#n } static { this.peek = function () { return A.#n } } }
export default () => [A.next(), A.next(), A.n, A.peek()]
