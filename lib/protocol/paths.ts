/** Every route's path, as the HTTP app and the client both know it. */
export const paths = {
  jids: '/v1/jids',
  functions: '/v1/functions/:hash',
  functionUpload: '/v1/functions/:hash/upload',
  jobs: '/v1/jobs',
  wait: '/v1/jobs/wait',
  status: '/v1/jobs/status',
  info: '/v1/jobs/info',
  kill: '/v1/jobs/kill',
  delete: '/v1/jobs/delete',
  blobs: '/v1/blobs',
  blob: '/v1/blobs/:key{.+}',
  openapi: '/openapi.json',
  health: '/healthz',
} as const
