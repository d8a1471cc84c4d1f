const [u, z, n, big, text, yes, nothing] = [undefined, -0, Number.NaN, -5n, '\u2028`${"', true, null]
export default () => [u === undefined, Object.is(z, -0), Number.isNaN(n), big === -5n, text === '\u2028`${"', yes, nothing]
