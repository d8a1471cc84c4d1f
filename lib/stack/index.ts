export type { ExecutorOptions, PiCloudProps, Scaling } from './options.ts'
export { PiCloud } from './picloud.ts'
