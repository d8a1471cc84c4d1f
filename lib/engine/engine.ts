import type { Principal } from '../protocol/job.ts'
import type {
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

/** All that the service does, whatever the ports below and the transport above. Methods refuse with a `CloudException`. */
export interface Engine {
  /** Hands out fresh jids, in whole blocks of 100. */
  lease(request: LeaseRequest): Promise<LeaseAnswer>
  /** Accepts jobs, all of the request or none; the same request again changes nothing. `sections` are copied. */
  submit(header: SubmitHeader, sections: readonly Uint8Array[], principal: Principal): Promise<SubmitAnswer>
  /** Answers once at least one of the jobs is terminal, or after `request.wait` milliseconds, or when `signal` aborts. */
  wait(request: WaitRequest, signal?: AbortSignal): Promise<Finished>
  status(request: StatusRequest): Promise<StatusAnswer>
  info(request: InfoRequest): Promise<InfoAnswer>
  kill(request: KillRequest, principal: Principal): Promise<void>
  /** Forgets finished jobs; refuses `not-finished`. */
  delete(request: DeleteRequest): Promise<void>
  list(request: ListRequest): Promise<ListAnswer>

  /** Whether a function or module bundle is here, by its SHA-256 in hex. */
  hasBundle(hash: string): Promise<boolean>
  /** Takes a bundle; refuses `invalid-request` when the bytes are not of that hash. */
  putBundle(hash: string, bytes: Uint8Array): Promise<void>
  getBundle(hash: string): Promise<Uint8Array | undefined>
  /** Names a place for a large payload. The URL is relative to this service where the payload comes through it. */
  upload(request: UploadRequest): Promise<UploadAnswer>
  /** Takes what `upload` made a place for; refuses keys that it did not name. */
  putBlob(key: string, body: readonly Uint8Array[] | AsyncIterable<Uint8Array>): Promise<void>
  /** A large argument or result. */
  getBlob(key: string): Promise<Uint8Array | undefined>

  /** Starts running jobs here, where there is a launcher. */
  start(): void
  /** Stops: no more claims, pending waits answer empty. Running jobs are abandoned. The ports stay open. */
  close(): Promise<void>
}
