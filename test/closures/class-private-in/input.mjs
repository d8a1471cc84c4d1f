class Safe {
  #brand
  static is(it) {
    return #brand in it
  }
}
export default () => [Safe.is(new Safe()), Safe.is({})]
