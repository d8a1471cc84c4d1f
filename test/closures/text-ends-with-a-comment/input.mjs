const f = x => x // the end
const g = (x) => x /* end */
const h = function () { return 3 } // after
const i = () => ({ a: 1 }) // obj
const j = () => 1, k = () => 2
const l = x => y => // odd
  x + y
const m = async x => await x
export default async () => [f(1), g(2), h(), i(), j(), k(), l(1)(2), await m(4)]
