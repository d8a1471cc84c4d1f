import { assembleApi } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import { type ApiAnswer, type ApiEvent, answerFrom, requestFrom } from '../lib/aws/http-event.ts'

const app = assembleApi(readEnvironment('api', process.env))

/** Called by API Gateway, by the function's URL, and by clients with `lambda:NAME`. */
export async function handler(event: ApiEvent): Promise<ApiAnswer> {
  const asked = requestFrom(event)
  return answerFrom(await app.fetch(asked.request, asked.caller), asked)
}
