export default async () => {
  const controller = new AbortController()
  const heard = new Promise(done => controller.signal.addEventListener('abort', () => done(controller.signal.reason)))
  controller.abort('stop')
  const target = new EventTarget()
  return [await heard, target instanceof EventTarget, await new Response('body').text()]
}
