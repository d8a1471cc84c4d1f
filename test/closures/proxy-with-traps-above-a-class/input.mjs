class Base {}
const Watched = new Proxy(Base, { ownKeys: target => Reflect.ownKeys(target) })
class Below extends Watched {}
export default () => new Below()
