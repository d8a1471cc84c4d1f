const owner = {
  name: 'o',
  say(text) {
    return `${this.name}:${text}`
  },
}
owner.bound = owner.say.bind(owner)
export default () => {
  owner.name = 'p'
  return owner.bound('x')
}
