class Gone {
  static a = 1
  static b = 2
  static m() {}
}
delete Gone.a
delete Gone.m
export default () => [Object.keys(Gone), 'a' in Gone, 'm' in Gone]
