import { registry } from './registry.mjs'
export const register = name => registry.add(name)
