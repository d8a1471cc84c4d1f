import type { Platform } from '../../protocol/environments.ts'
import { MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'

/** What a way of running may set otherwise. All times in milliseconds. */
export interface Settings {
  /** Jobs of one message and one run where the submission doesn't say. 1 spreads best, more costs less. Default: a whole segment. */
  readonly chunkSize: number
  /** How long a claim holds without being renewed: how soon a dead machine is noticed. Default 60 s. */
  readonly lease: number
  /** Between renewals: two may fail before the lease is over. Default 20 s. */
  readonly renewal: number
  /** Between looks for kill marks, and before the first: a shorter job costs no read. Default 2 s, what a kill may take. */
  readonly look: number
  /** How long after its message a header may still appear; more than a submit may take. Default 60 s. */
  readonly acceptance: number
  /** Before a message is looked at again for which there was nothing to do yet. Default 5 s. */
  readonly again: number
  /** Before each further read of a header that should be there any moment. */
  readonly rereads: readonly number[]
  /** How many lost machines a job may cost before it ends as lost: one that exhausts memory takes its machine along. Default 3. */
  readonly maxLosses: number
  /** A retry that is due later than this gives the chunk back to the queue. Default 20 s. */
  readonly holdRetry: number
  /** How long a receive waits for a message. Default: for ever; SQS's longest is 20 s. */
  readonly poll: number
  /** Messages of one receive. Default 100; SQS's most is 10. */
  readonly receive: number
  /** Whether a claimed job counts as started, as where each claim has a machine of its own. Default false. */
  readonly startsAtClaim: boolean
  /** Whether other processes answer what is asked of running jobs: their output is then kept at each renewal. Default false. */
  readonly sharesOutput: boolean
  /** How long a leased jid may be left unused. Default 60 s. */
  readonly jidLease: number
  /** How long a map of unknown length may be left open. Default 1 h. */
  readonly seal: number
  /** Between sweeps. Default 5 min. */
  readonly sweep: number
  /** A sweeper leaves gates alone that changed more recently. Default 10 min. */
  readonly idleGate: number
  /** Watches of one control message. Default 100. */
  readonly page: number
  /** How late a cron's minute may still run; later it was missed. Default 1 min. */
  readonly cronGrace: number
  /** After how long the parts of a file that never came to be go, and large arguments that no job took. Default 1 day. */
  readonly abandonedUpload: number
  /**
   * How many executors may run at a time, where they are machines of their own: of jobs that asked for more processor, and of the
   * others. Default: jobs run in this process's children.
   */
  readonly executors: { readonly ordinary: number; readonly highCpu: number } | undefined
  /** What a second of this machine costs, in USD, where jobs that run on it are billed. Default: nobody bills. */
  readonly price: number | undefined
  /** What the workers run on, where there are environments. Default: none. */
  readonly platform: Platform | undefined
  /** Hears of failures that nobody waits for: the ports'. Default: nobody. */
  readonly onError: (error: unknown) => void
}

export const defaultSettings: Settings = {
  chunkSize: MAX_SEGMENT_JOBS,
  lease: 60_000,
  renewal: 20_000,
  look: 2_000,
  acceptance: 60_000,
  again: 5_000,
  rereads: [20, 50, 100],
  maxLosses: 3,
  holdRetry: 20_000,
  poll: Number.POSITIVE_INFINITY,
  receive: 100,
  startsAtClaim: false,
  sharesOutput: false,
  jidLease: 60_000,
  seal: 3_600_000,
  sweep: 300_000,
  idleGate: 600_000,
  page: 100,
  cronGrace: 60_000,
  abandonedUpload: 86_400_000,
  executors: undefined,
  price: undefined,
  platform: undefined,
  onError: () => undefined,
}
