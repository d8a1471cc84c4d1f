import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'

/** Bytes of one part: S3 takes 10,000 parts of at least 5 MiB, so this reaches above our largest blob. */
export const PART_BYTES = 8 * 1024 * 1024
/** Parts under way at a time. */
const PARALLEL = 4

interface Place {
  readonly Bucket: string
  readonly Key: string
}

/** One multipart upload, a few parts at a time. */
export class Upload {
  readonly #client: S3Client
  readonly #place: Place & { readonly UploadId: string | undefined }
  readonly #parts: CompletedPart[] = []
  readonly #running = new Set<Promise<void>>()
  #next = 1
  #error: unknown

  private constructor(client: S3Client, place: Place & { readonly UploadId: string | undefined }) {
    this.#client = client
    this.#place = place
  }

  static async begin(client: S3Client, place: Place): Promise<Upload> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...place }))
    return new Upload(client, { ...place, UploadId })
  }

  /** Resolves when there is room for another. */
  async add(Body: Uint8Array): Promise<void> {
    if (this.#error !== undefined) throw this.#error
    const PartNumber = this.#next++
    const send = this.#client
      .send(new UploadPartCommand({ ...this.#place, PartNumber, Body }))
      .then(({ ETag }) => void this.#parts.push({ ETag, PartNumber }))
      .catch((error: unknown) => {
        this.#error ??= error
      })
      .finally(() => this.#running.delete(send))
    this.#running.add(send)
    if (this.#running.size >= PARALLEL) await Promise.race(this.#running)
  }

  async complete(ifAbsent: boolean): Promise<void> {
    await Promise.all(this.#running)
    if (this.#error !== undefined) throw this.#error
    const Parts = this.#parts.sort((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0))
    const condition = ifAbsent ? { IfNoneMatch: '*' } : {}
    await this.#client.send(
      new CompleteMultipartUploadCommand({ ...this.#place, MultipartUpload: { Parts }, ...condition }),
    )
  }

  /** What was sent is forgotten; where that fails, the bucket's lifecycle does it a day later. */
  async abort(): Promise<void> {
    await Promise.all(this.#running)
    await this.#client.send(new AbortMultipartUploadCommand({ ...this.#place })).catch(() => undefined)
  }
}
