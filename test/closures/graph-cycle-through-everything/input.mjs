class Hub {
  links = new Map()
}
const hub = new Hub()
const list = [hub]
const set = new Set([list])
const reach = () => set
reach.back = hub
hub.links.set('reach', reach)
hub.links.set(list, set)
export default () => {
  const [first] = hub.links.get('reach')()
  return [first === list, first[0] === hub, reach.back === hub, hub.links.get(list) === set, hub instanceof Hub]
}
