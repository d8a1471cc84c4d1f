const it = new BroadcastChannel('x')
it.close()
export default () => it
