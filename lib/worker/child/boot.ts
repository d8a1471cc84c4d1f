import { mapStacks } from '../../closure/revive/stack.ts'
import { sharedHold } from '../frames/done-frame.ts'
import { frame, frameKind } from '../frames/wire.ts'
import { forgetLargePages } from '../process/large-pages.ts'
import type { ChildArguments } from '../process/spawn-child.ts'
import { Channel } from './channel.ts'
import { writeFileSync } from './file-system.ts'
import { captureOutput } from './output.ts'
import { Runner } from './runner.ts'
import { type Shared, startWatchdog } from './watchdog.ts'

const told: ChildArguments = JSON.parse(process.argv[2] ?? '{}')
// User code sees a program without arguments, not ours.
process.argv.length = 1
forgetLargePages(process.env)
mapStacks()

const shared: Shared = { words: new Int32Array(new SharedArrayBuffer(8)), hold: sharedHold() }
const channel = new Channel((kind, body) => runner.receive(kind, body))
const output = captureOutput(`\u0000${told.token}`)
const runner = new Runner({ ...told, ...shared, channel, output })
channel.send(frame(frameKind.ready, new Uint8Array(0)))
// Before the first job, as that may loop for ever; after `ready`, as it need not wait for the thread.
startWatchdog(shared)
surrenderFirst()
/** Settles after what came first was taken in, which is a job. In a turn of its own, as a job may throw what only Node takes care of. */
export const begun: Promise<void> = new Promise(resolve => setImmediate(() => resolve(channel.listen())))

// Where memory runs out, the kernel should end user code and not whoever started it.
function surrenderFirst(): void {
  if (process.platform !== 'linux') return
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // A sandbox may forbid it; the parent's own watch stays.
  }
}
