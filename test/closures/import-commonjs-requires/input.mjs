import plain from './plain.cjs'
export default () => [plain.joins(), plain.counts(), plain.near()]
