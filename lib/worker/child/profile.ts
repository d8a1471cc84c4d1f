import type { Session } from 'node:inspector'
import { createRequire } from 'node:module'

/** Starts V8's CPU profiler; what it returns stops it and gives the profile as JSON text, as DevTools opens it. */
export function startProfile(): () => string {
  // Loaded by the first job that asks for it: nobody else pays.
  const inspector = createRequire(import.meta.url)('node:inspector') as typeof import('node:inspector')
  const session: Session = new inspector.Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.start')
  return () => {
    let text = ''
    session.post('Profiler.stop', (_error, { profile }) => {
      text = JSON.stringify(profile)
    })
    session.disconnect()
    return text
  }
}
