import type { RequestLike } from '../../protocol/message.ts'
import { paths } from '../../protocol/paths.ts'
import type { Published } from '../../protocol/published.ts'
import { html, json } from '../answer.ts'
import type { Route } from '../route.ts'
import type { OpenApi } from './openapi.ts'

/**
 * The routes that tell of all routes, these included. What makes the documents is loaded when somebody asks.
 * @param readable published functions that the request may see: the OpenAPI document has them too
 */
export function documentRoutes(
  others: readonly Route[],
  readable: (request: RequestLike) => Promise<readonly Published[]>,
): readonly Route[] {
  let document: Promise<OpenApi> | undefined
  let page: Promise<string> | undefined
  const openApi = (): Promise<OpenApi> => {
    document ??= import('./openapi.ts').then(({ openApiOf }) => openApiOf([...others, ...own]))
    return document
  }
  const docs = (): Promise<string> => {
    page ??= Promise.all([import('./docs-page.ts'), openApi()]).then(([{ docsPage }, made]) => docsPage(made))
    return page
  }
  const own: readonly Route[] = [
    {
      method: 'get',
      path: paths.openapi,
      summary: 'This document.',
      body: 'none',
      answers: 'json',
      open: true,
      handle: async ({ request }) => json(await withPublished(await openApi(), await readable(request))),
    },
    {
      method: 'get',
      path: paths.docs,
      summary: 'These routes as a page to read.',
      body: 'none',
      answers: 'html',
      open: true,
      handle: async () => html(await docs()),
    },
  ]
  return own
}

async function withPublished(document: OpenApi, published: readonly Published[]): Promise<OpenApi> {
  if (published.length === 0) return document
  const { publishedPaths } = await import('./openapi-published.ts')
  return { ...document, paths: { ...document.paths, ...publishedPaths(published) } }
}
