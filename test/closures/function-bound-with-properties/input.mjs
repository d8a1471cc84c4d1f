const f = Object.assign((x => x).bind(null, 1), { extra: 'x' })
export default () => [f(), f.extra, f.name]
