import { paths } from '../protocol/paths.ts'
import { html, json } from './answer.ts'
import type { Route } from './route.ts'

/** The routes that tell of all routes, these included. What makes the documents is loaded when somebody asks. */
export function documentRoutes(others: readonly Route[]): readonly Route[] {
  let document: Promise<object> | undefined
  let page: Promise<string> | undefined
  const openApi = (): Promise<object> => {
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
      handle: async () => json(await openApi()),
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
