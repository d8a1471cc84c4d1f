const { signal } = new AbortController()
export default () => signal.aborted
