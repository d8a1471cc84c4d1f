const { port1: it } = new MessageChannel()
it.close()
export default () => it
