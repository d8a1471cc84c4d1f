const mark = Symbol('mark')
const plain = 'plain'
class Fields {
  [mark] = 1;
  [plain] = 2
  read() {
    return [this[mark], this[plain]]
  }
}
export default () => [new Fields().read(), Object.keys(new Fields())]
