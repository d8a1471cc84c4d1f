const all = globalThis
globalThis.picloudCaseOnlyHere = 1
export default () => [all === globalThis, 'picloudCaseOnlyHere' in all]
