const tools = {
  ['com' + 'puted']() {
    return 'c'
  },
  async later() {
    return 'later'
  },
}
export default async () => [tools.computed(), await tools.later()]
