import { Socket } from 'node:net'
export const small = () => 'small'
export const socket = new Socket()
export const large = new WeakMap()
