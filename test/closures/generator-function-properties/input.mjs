function* count() {
  yield 1
}
count.prototype.extra = () => 'e'
const Count = count
export default () => [count().extra(), [...Count()], Object.getPrototypeOf(count) === Object.getPrototypeOf(function* () {})]
