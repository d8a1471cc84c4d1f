function Made() {
  if (new.target) {
    const self = { of: this }.of
    return {
      plain: x => [new.target === Made, this === self, x],
      all: function () {
        return () => [typeof new.target, this === self, arguments.length]
      }.call(this, 1, 2),
    }
  }
}
const { plain, all } = new Made()
export default () => [plain(1), all()]
