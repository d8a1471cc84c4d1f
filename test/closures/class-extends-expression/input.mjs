const mixin = Base =>
  class extends Base {
    mixed() {
      return 'mixed'
    }
  }
class Root {
  own() {
    return 'own'
  }
}
class Both extends mixin(Root) {}
const both = new Both()
export default () => [both.own(), both.mixed(), both instanceof Root]
