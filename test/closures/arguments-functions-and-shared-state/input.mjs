let calls = 0
const up = () => ++calls
export const args = [up, { read: () => calls }]
export default (go, { read }) => [go(), go(), read()]
