import type { Platform } from '../../protocol/environments.ts'

/** What this process, and so its children, run on. */
export function ownPlatform(): Platform {
  const { platform: os, arch: cpu } = process
  if (os !== 'linux') return { os, cpu }
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return { os, cpu, libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' }
}
