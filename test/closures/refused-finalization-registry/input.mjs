const it = new FinalizationRegistry(() => {})
export default () => it
