class Shape {}
class Square extends Shape {}
const Anonymous = class {}
export default () => [Shape.name, new Square('x').constructor.name, Anonymous.name]
