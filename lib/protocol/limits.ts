/** Every limit of the service: its name, its unit, and why it is what it is. */

/** Jobs in one segment. One header record then costs one write per 100 jobs, and stays far below DynamoDB's 400 KB. */
export const MAX_SEGMENT_JOBS = 100
/** Jobs that one submit request may carry. */
export const MAX_REQUEST_JOBS = 5_000
/** Bytes of a request's body. An HTTP API takes 10 MB; Lambda's 6 MB with base64 leaves about 4.4. */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024
/** Bytes of one argument tuple or one result that travel inline; larger ones become a blob. */
export const MAX_INLINE_BYTES = 32 * 1024
/** Bytes of one blob (an argument tuple, a result, a bundle, a profile). 5 GB is S3's single PUT; V8's buffers end near 4 GB. */
export const MAX_BLOB_BYTES = 4 * 1024 ** 3 - 1
/** Bytes of a function bundle that may ride in the submit request itself; larger ones are put first. */
export const MAX_INLINE_BUNDLE_BYTES = 64 * 1024
/** Bytes of a function bundle or a package bundle: what Lambda allows a function, unzipped. */
export const MAX_BUNDLE_BYTES = 250 * 1024 * 1024
/** Bytes of all files of the user's that a function names by their place: they lie in the worker's folder, unpacked. */
export const MAX_ASSET_BYTES = 50 * 1024 * 1024
/** Such files of one function. */
export const MAX_ASSETS = 500
/** Jids that one lease may take. */
export const MAX_LEASE_JIDS = 100_000
/** Ranges in one status, wait, info, kill or delete request: a bounded frontier. */
export const MAX_REQUEST_RANGES = 1_000
/** Finished jobs in one wait answer. */
export const MAX_WAIT_RESULTS = 5_000
/** Bytes of inline results in one wait answer. */
export const MAX_WAIT_BYTES = 4 * 1024 * 1024
/** Milliseconds that one wait request may hang; below an HTTP API's 30 s. */
export const MAX_WAIT_MS = 25_000
/** Milliseconds for which the answer to calls may wait for their ends: as long as nobody notices. */
export const MAX_CALL_WAIT_MS = 300
/** Jobs of one request whose answer may wait for their ends. */
export const MAX_CALL_JOBS = 100
/** Jobs in one info request. */
export const MAX_INFO_JOBS = 10_000
/** Rows in one listing page. */
export const MAX_LIST_ROWS = 1_000
/** Characters of a label. */
export const MAX_LABEL_CHARS = 256
/** Characters kept of each of a job's output streams, the last ones (PiCloud kept 64k). */
export const MAX_OUTPUT_CHARS = 64 * 1024
/** Retries that one job may ask for. */
export const MAX_RETRIES = 100
/** Milliseconds that a job may ask to run or to be delayed: 7 days. */
export const MAX_DURATION_MS = 7 * 24 * 3_600_000
/** Levels of jobs started by jobs. */
export const MAX_JOB_DEPTH = 16
/** Bytes of one record of a registry, as JSON. DynamoDB takes items of 400 KB. */
export const MAX_RECORD_BYTES = 128 * 1024
/** Bytes of a record's name, in UTF-8. DynamoDB's sort keys have 1,024, of which a listing's bounds need some. */
export const MAX_RECORD_NAME_BYTES = 1_000
/** Keys that may be active at a time, as PiCloud's. */
export const MAX_ACTIVE_KEYS = 50
/** Keys in all, switched off ones included: they share one record. */
export const MAX_KEYS = 150
/** Characters of a key's note. */
export const MAX_NOTE_CHARS = 200
/** Characters of the admin user's name, and of the password; a password has at least 8. */
export const MAX_USERNAME_CHARS = 64
export const MIN_PASSWORD_CHARS = 8
export const MAX_PASSWORD_CHARS = 256
/** Characters of a cron's schedule. */
export const MAX_SCHEDULE_CHARS = 1_000
/** Bytes of one part of a file, but for the last: what a client reads and sends at a time. */
export const FILE_PART_BYTES = 16 * 1024 ** 2
/** Parts of one file: their list is one record. */
export const MAX_FILE_PARTS = 1_000
/** Bytes of one file (PiCloud took 5 GB). */
export const MAX_FILE_BYTES = FILE_PART_BYTES * MAX_FILE_PARTS
/** Parts that one request asks about. */
export const MAX_ASKED_PARTS = 100
/** Characters of a published function's label: it stands in a URL. */
export const MAX_PUBLISHED_LABEL_CHARS = 100
/** Parameters of a published function. */
export const MAX_PARAMETERS = 100
/** Characters of what is said about it. */
export const MAX_DESCRIPTION_CHARS = 10_000
/** Characters of an environment's name: it stands in a URL. */
export const MAX_ENVIRONMENT_NAME_CHARS = 100
/** Packages that are asked for by name; each may bring others. */
export const MAX_ENVIRONMENT_PACKAGES = 100
/** Bytes of one piece of an archive, but for the last. */
export const ARCHIVE_PIECE_BYTES = 16 * 1024 * 1024
/** Pieces of one archive: 1 GiB, packed. */
export const MAX_ARCHIVE_PIECES = 64
/** Bytes of the environments that lie unpacked on one machine, where it doesn't say less. */
export const MAX_UNPACKED_BYTES = 10 * 1024 ** 3
/** Characters that are kept of what the install said: the last ones. */
export const MAX_INSTALL_LOG_CHARS = 32_000
