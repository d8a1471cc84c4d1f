const of = value => Object.getPrototypeOf(value)
const all = [
  of([][Symbol.iterator]()),
  of(new Map().entries()),
  of(new Set().values()),
  of(''[Symbol.iterator]()),
  of(''.matchAll(/x/g)),
  of(of((function* () {})())),
  of(of((async function* () {})())),
  of(of(of((async function* () {})()))),
  of(Iterator.from({ next: () => ({ done: true }) })),
]
export default () => {
  const here = [
    of([][Symbol.iterator]()),
    of(new Map().entries()),
    of(new Set().values()),
    of(''[Symbol.iterator]()),
    of(''.matchAll(/x/g)),
    of(of((function* () {})())),
    of(of((async function* () {})())),
    of(of(of((async function* () {})()))),
    of(Iterator.from({ next: () => ({ done: true }) })),
  ]
  return here.flatMap((each, at) => (each === all[at] ? [] : [at]))
}
