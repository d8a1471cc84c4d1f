import { later } from './later.mjs'
export default async () => (await later())('x')
