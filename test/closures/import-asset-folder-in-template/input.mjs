import { readdirSync } from 'node:fs'
export default () => readdirSync(`${import.meta.dirname}/templates`)
