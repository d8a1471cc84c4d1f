const it = new TextDecoder()
it.decode(Uint8Array.of(195), { stream: true })
export default () => it
