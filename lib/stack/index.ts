export type { ExecutorOptions, HighCpuExecutorOptions, PiCloudProps, Scaling } from './options.ts'
export { PiCloud } from './picloud.ts'
