class Box {
  constructor(name) {
    this.name = name
  }
  say = (greeting = 'hello') => `${greeting}, ${this.name}`
}

function bare() {
  return (greeting = 'hi') => `${greeting}, ${this.name}`
}

const boxes = Array.from({ length: 12 }, (_, at) => new Box(`box ${at}`))
// These have no prototype, and are found one by one.
const orphans = Array.from({ length: 3 }, (_, at) => Object.assign(Object.create(null), { name: `orphan ${at}` }))
const says = [...boxes.map(box => box.say), ...orphans.map(orphan => bare.call(orphan))]
const held = [boxes[11], orphans[2]]

export default () => {
  boxes[11].name = 'the last'
  held[1].name = 'the only'
  return [says[0](), says[7]('good day'), says[11](), says[12](), says[14](), held[0] === boxes[11]]
}
