import { Point } from './point.mjs'
export default async () => new (await import('./point.mjs')).Point() instanceof Point
