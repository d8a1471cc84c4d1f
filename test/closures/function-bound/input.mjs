const greet = function (greeting, name) {
  return `${greeting} ${name} from ${this.who}`
}
const bound = greet.bind({ who: 'me' }, 'hi')
export default () => [bound('you'), bound.name, bound.length]
