const registry = new FinalizationRegistry(() => {})
export default () => registry
