const withProperties = Object.assign(x => x + withProperties.extra, { extra: 3 })
export const args = [1]
export default withProperties
