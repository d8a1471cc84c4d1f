const config = { a: { b: null }, list: undefined }
export default () => {
  config.list ??= [1]
  config.a.b ||= 2
  config.a.b &&= config.a.b + 1
  return [config?.a?.b, config.x?.y.z, config.list?.[0], config.f?.()].map(x => x ?? 'none')
}
