import {
  accountAnswerSchema,
  adminRequestSchema,
  changeKeyRequestSchema,
  createdKeySchema,
  createKeyRequestSchema,
  keyIdSchema,
  keySchema,
  keysAnswerSchema,
} from '../../protocol/account.ts'
import { keyOf } from '../../protocol/job.ts'
import { paths } from '../../protocol/paths.ts'
import { scopesOf } from '../../protocol/scope.ts'
import { json, nothing } from '../answer.ts'
import { readJson } from '../request/body.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'

/** Bytes of a body about an account. */
const MAX_ACCOUNT_BYTES = 8 * 1024

const keyId = reader(keyIdSchema)
const createKeyRequest = reader(createKeyRequestSchema)
const changeKeyRequest = reader(changeKeyRequestSchema)
const adminRequest = reader(adminRequestSchema)

export function accountRoutes({ accounts }: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.account,
      scope: 'any',
      summary: 'Whom the service takes the caller for.',
      body: 'none',
      answers: 'json',
      answer: accountAnswerSchema,
      handle({ principal }) {
        const key = keyOf(principal)
        return json({ kind: principal.kind, ...(key !== undefined && { key }), scopes: scopesOf(principal) })
      },
    },
    {
      method: 'put',
      path: paths.admin,
      scope: 'admin',
      summary: 'Makes the admin user, or gives it another name and password.',
      body: 'json',
      asks: adminRequestSchema,
      answers: 'none',
      status: 204,
      async handle({ request }) {
        await accounts.setAdmin(adminRequest(await readJson(request, MAX_ACCOUNT_BYTES)))
        return nothing()
      },
    },
    {
      method: 'get',
      path: paths.keys,
      scope: 'admin',
      summary: 'All keys, without their secrets.',
      body: 'none',
      answers: 'json',
      answer: keysAnswerSchema,
      async handle() {
        return json({ keys: await accounts.keys() })
      },
    },
    {
      method: 'post',
      path: paths.keys,
      scope: 'admin',
      summary: 'Makes a key, active at once. Its secret is told in this answer and never again.',
      body: 'json',
      asks: createKeyRequestSchema,
      answers: 'json',
      answer: createdKeySchema,
      status: 201,
      also: [409],
      async handle({ request }) {
        return json(await accounts.createKey(createKeyRequest(await readJson(request, MAX_ACCOUNT_BYTES))), 201)
      },
    },
    {
      method: 'patch',
      path: paths.key,
      params: { key: keyIdSchema },
      scope: 'admin',
      summary: 'Switches a key on or off, or changes its note.',
      body: 'json',
      asks: changeKeyRequestSchema,
      answers: 'json',
      answer: keySchema,
      also: [409],
      async handle({ request, param }) {
        const id = keyId(param('key'))
        return json(await accounts.changeKey(id, changeKeyRequest(await readJson(request, MAX_ACCOUNT_BYTES))))
      },
    },
    {
      method: 'delete',
      path: paths.key,
      params: { key: keyIdSchema },
      scope: 'admin',
      summary: 'Deletes a key.',
      body: 'none',
      answers: 'none',
      status: 204,
      async handle({ param }) {
        await accounts.deleteKey(keyId(param('key')))
        return nothing()
      },
    },
  ]
}
