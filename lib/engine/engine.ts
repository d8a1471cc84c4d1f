import type { Principal } from '../protocol/job.ts'
import type {
  BundleUploadAnswer,
  BundleUploadRequest,
  DeleteRequest,
  Finished,
  InfoAnswer,
  InfoRequest,
  KillRequest,
  LeaseAnswer,
  LeaseRequest,
  ListAnswer,
  ListRequest,
  StatusAnswer,
  StatusRequest,
  SubmitAnswer,
  SubmitHeader,
  UploadAnswer,
  UploadRequest,
  WaitRequest,
} from '../protocol/routes.ts'
import { Dispatcher } from './dispatch/dispatch.ts'
import { giveUp } from './dispatch/give-up.ts'
import { createKill } from './kill.ts'
import { createLoops } from './loops.ts'
import type { Change } from './ports/job-store.ts'
import type { Ports } from './ports/ports.ts'
import type { ChunkMessage, ControlMessage, Receipt, Received } from './ports/queue.ts'
import { defaultSettings, type Settings } from './ports/settings.ts'
import { awaitResult, type Result } from './query/await-result.ts'
import { type Call, createCall } from './query/call.ts'
import { info } from './query/info.ts'
import { list } from './query/list.ts'
import { status } from './query/status.ts'
import { wait } from './query/wait.ts'
import { createWaiters } from './query/waiters.ts'
import { BLOCK } from './records/segment.ts'
import { createGates } from './release/gates.ts'
import { createRelease } from './release/release.ts'
import { remove } from './remove.ts'
import { type Accounts, createAccounts } from './service/accounts.ts'
import { type Crons, createCrons } from './service/crons.ts'
import { createEnvironments, type Environments } from './service/environments.ts'
import { createFiles, type Files } from './service/files.ts'
import { createPublished, type PublishedFunctions } from './service/published.ts'
import { createBundles } from './submit/bundles.ts'
import { createStoredCalls } from './submit/stored-calls.ts'
import { createSubmit } from './submit/submit.ts'
import { createUploads } from './submit/uploads.ts'

/** All that the service does, whatever the ports below and the transport above. Methods refuse with a `CloudException`. */
export interface Engine {
  /** Hands out fresh jids, in whole blocks of 100. */
  lease(request: LeaseRequest): Promise<LeaseAnswer>
  /** Accepts jobs, all of the request or none; the same request again changes nothing. `sections` are copied. */
  submit(header: SubmitHeader, sections: readonly Uint8Array[], principal: Principal): Promise<SubmitAnswer>
  /**
   * The same, answered with how the jobs ended: once all have, or after `header.wait` milliseconds. Those that are not in the answer
   * may have ended all the same. Jobs that call, and stores that tell of no change, are answered at once.
   */
  call: Call
  /** Answers once at least one of the jobs is terminal, or after `request.wait` milliseconds, or when `signal` aborts. */
  wait(request: WaitRequest, signal?: AbortSignal): Promise<Finished>
  status(request: StatusRequest): Promise<StatusAnswer>
  info(request: InfoRequest): Promise<InfoAnswer>
  kill(request: KillRequest, principal: Principal): Promise<void>
  /** Forgets finished jobs; refuses `not-finished`. */
  delete(request: DeleteRequest): Promise<void>
  list(request: ListRequest): Promise<ListAnswer>

  /** Keys and the admin user. */
  readonly accounts: Accounts
  /** Functions under a label, for callers of any language. */
  readonly published: PublishedFunctions
  /** Files by name. */
  readonly files: Files
  /** Packages that were installed once, by name. */
  readonly environments: Environments
  /** How one job ended, within `ms` milliseconds; undefined when it has not. Refuses `unknown-job` and `deleted-job`. */
  awaitResult(jid: number, ms: number, signal?: AbortSignal): Promise<Result | undefined>

  /** Whether a function or module bundle is here, by its SHA-256 in hex. */
  hasBundle(hash: string): Promise<boolean>
  /** Takes a bundle; refuses `invalid-request` when the bytes are not of that hash. */
  putBundle(hash: string, bytes: Uint8Array): Promise<void>
  getBundle(hash: string): Promise<Uint8Array | undefined>
  /** Names a place that takes the bundle of this hash and nothing else. The URL is relative where it comes through this service. */
  uploadBundle(hash: string, request: BundleUploadRequest): Promise<BundleUploadAnswer>
  /** Names a place for a large payload. The URL is relative to this service where the payload comes through it. */
  upload(request: UploadRequest): Promise<UploadAnswer>
  /** Takes what `upload` made a place for; refuses keys that it did not name. */
  putBlob(key: string, body: readonly Uint8Array[] | AsyncIterable<Uint8Array>): Promise<void>
  /** Where a client may read it itself, if not through the service. */
  blobUrl(key: string): Promise<string | undefined>
  /** A large argument or result. */
  getBlob(key: string): Promise<Uint8Array | undefined>

  readonly crons: Crons

  /** Records of changes, in any order and any number of times: wakes waiters, releases gates. To be called again if it rejects. */
  changed(changes: readonly Change[]): Promise<void>
  /** A schedule of this gate is due. */
  wake(gate: number): Promise<void>
  /** Looks at the gates of control messages that were received elsewhere. */
  control(received: readonly Received<ControlMessage>[]): Promise<void>
  /**
   * Runs chunks whose messages were received elsewhere, where there is a launcher; resolves once each is finished, given back
   * or lost. From `until` on (epoch milliseconds) what runs ends as `timeout`, and what did not begin is given back; with `guest`
   * also what runs and may run again, as others would have more time for it.
   */
  execute(received: readonly Received<ChunkMessage>[], until: number, guest?: boolean): Promise<void>
  /**
   * Takes messages that a queue gave up: jobs that never began are sent again, a few times; others end as lost.
   * @returns the receipts of those on which nothing hangs any more
   */
  giveUp(dead: readonly Received<ChunkMessage>[]): Promise<readonly Receipt[]>
  /** Takes up what fell through: gates that nobody looked at, minutes of crons. To be called every few minutes. */
  sweep(): Promise<void>
  /** Starts running jobs here, where there is a launcher, and looking after gates. */
  start(): void
  /**
   * Before `close`: claims nothing more and lets end what runs here. At `until` (epoch milliseconds) the rest is cut off: it goes
   * back to the queue, or ends as `lost` where it may not run twice. Resolves once nothing runs here; takes jobs in all the while.
   */
  drain(until: number): Promise<void>
  /** Stops: no more claims, pending waits answer empty. Running jobs are abandoned. The ports stay open. */
  close(): Promise<void>
}

/** The engine over these ports. Nothing runs before `start`. */
export function createEngine(ports: Ports, options: Partial<Settings> = {}): Engine {
  const settings = { ...defaultSettings, ...options }
  const { store, clock, timers, launcher } = ports
  const waiters = createWaiters()
  const gates = createGates(ports)
  const release = createRelease(ports, gates, settings)
  const files = createFiles(ports)
  const bundles = createBundles(ports)
  const uploads = createUploads(ports)
  const { kill, killTree } = createKill(ports)
  const dispatcher = launcher && new Dispatcher({ ...ports, launcher }, settings)
  const held = (first: number) => dispatcher?.launched.get(first)
  const workplace = { ...ports, held, custodies: () => dispatcher?.launched.values() ?? [], launcher, settings }
  let closed = false

  async function changed(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if (change.kind === 'run') waiters.touch([change.run.first, change.run.count], change)
      else if (change.kind === 'kill') dispatcher?.marked(change.segment)
      else if (change.gate.state === 'stalled' || change.gate.state === 'killed') {
        const [row] = await store.getSubmissions({ ids: [change.gate.id] })
        for (const range of row?.ranges ?? []) waiters.touch(range)
      }
    }
    await release.changed(changes)
  }

  async function lease({ count }: LeaseRequest): Promise<LeaseAnswer> {
    const many = Math.ceil(count / BLOCK) * BLOCK
    return { first: await store.lease({ count: many }), count: many, expires: clock.now() + settings.jidLease }
  }
  const environments = createEnvironments(ports, { bundles, platform: settings.platform })
  const submit = createSubmit(ports, settings, { bundles, uploads, killTree, placed: environments.placed })
  const call = createCall(ports, { submit, waiters, isOver: () => closed })
  const calls = createStoredCalls(ports, { submit, lease })
  const waitFor: Engine['wait'] = (request, signal) => wait(ports, { held, waiters }, request, () => closed, signal)

  store.listen?.(changes => void changed(changes).catch(settings.onError))
  const crons = createCrons(ports, settings, { bundles, submit })
  const loops = createLoops(ports, settings, { gates, release, crons, files, uploads })
  timers.listen?.(async gate => {
    try {
      await gates.advance(gate)
    } catch (error) {
      settings.onError(error)
      throw error
    }
  })

  return {
    lease,
    submit,
    call,
    wait: waitFor,
    awaitResult: (jid, ms, signal) => awaitResult(ports, waitFor, jid, ms, signal),
    files,
    environments,
    published: createPublished(ports, { bundles, calls }),
    status: request => status(store, held, request),
    info: request => info(ports, workplace, request),
    kill,
    delete: request => remove(ports, request),
    list: request => list(store, held, request),
    accounts: createAccounts(ports),
    hasBundle: bundles.has,
    putBundle: bundles.put,
    getBundle: bundles.get,
    uploadBundle: bundles.upload,
    upload: uploads.upload,
    putBlob: uploads.putBlob,
    blobUrl: uploads.blobUrl,
    getBlob: uploads.getBlob,
    changed,
    wake: gates.advance,
    control: release.control,
    async execute(...given) {
      await dispatcher?.execute(...given)
    },
    giveUp: dead => giveUp(ports, settings, dead),
    crons,
    sweep: loops.sweep,
    start() {
      dispatcher?.start()
      loops.start()
      ports.alarms?.listen?.(crons.fire)
      crons.catchUp(clock.now()).catch(settings.onError)
    },
    async drain(until) {
      await dispatcher?.drain(until)
    },
    async close() {
      closed = true
      dispatcher?.close()
      loops.close()
      waiters.wakeAll()
    },
  }
}
