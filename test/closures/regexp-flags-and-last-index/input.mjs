const pattern = /(?<year>\d{4})/giu
pattern.lastIndex = 3
const sticky = /a/y
export default () => [pattern.source, pattern.flags, pattern.lastIndex, sticky.sticky, 'y2026'.match(/(?<y>\d+)/).groups.y]
